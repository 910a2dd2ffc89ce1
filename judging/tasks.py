"""What is left to the worker. Services ask for a task inside their own transaction; the queue keeps it with them."""

from django_tasks import task

from paritrana.kernel import clock


@task()
def compute_schedule(run: int) -> None:
    """Compute the ``ScheduleRun`` with this id; nothing happens if it was taken before or is not wanted any more."""
    from judging.services.schedule_computing import compute  # services name the tasks that they ask for

    compute(run, now=clock.now)


@task()
def print_papers(batch: int) -> None:
    """Issue what waits in the ``PrintBatch`` with this id; nothing happens if another worker has it."""
    from judging.services.print_batch_work import run_batch

    run_batch(batch, now=clock.now)


@task()
def send_schedule_notices(release: int) -> None:
    """Send what waits to be told of the ``ScheduleRelease`` with this id, and later once more what was not taken."""
    from judging.services.schedule_notices import PAUSE, send_notices

    if send_notices(release, now=clock.now):
        send_schedule_notices.using(run_after=clock.now() + PAUSE).enqueue(release)
