"""`python -m ikmctl`."""

from ikmctl.main import main

main()
