"""What an officer types into a search → the search index's language."""


def search_words(text: str) -> str:
    """Every word must occur, the last of each as the beginning of one; signs mean nothing. Empty for no words."""
    words = "".join(sign if sign.isalnum() else " " for sign in text).split()
    return " ".join(f'"{word}"*' for word in words)
