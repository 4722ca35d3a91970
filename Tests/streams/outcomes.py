"""How a transfer can end badly, as a client sees it."""


class Refused(Exception):
    """The server said that it failed, and why; `answer` is what it said."""

    def __init__(self, answer):
        super().__init__(str(answer))
        self.answer = answer

    @property
    def reason(self):
        return self.answer.get("reason")

    @property
    def token(self):
        return self.answer.get("resume_token")


class Cut(Exception):
    """The connection ended where more had to come."""
