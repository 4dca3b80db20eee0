from django.db import models


class Chained(models.Model):
    """A row that joins the chain of its table when it is sealed, minutes after it was written.

    Not in the writer's transaction: every hand-in would then wait for the one before it. From
    then on the database itself refuses to change the row (:mod:`core.chain.guard`).
    """

    sequence = models.BigIntegerField(null=True, editable=False)
    hash = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001  null = not chained

    class Meta:
        abstract = True
