"""What things are: fields, values and rules. Pure: no SQL, no files, no terminal."""
