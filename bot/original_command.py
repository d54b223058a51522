"""`purgebot sources originals`: the pages that shipped dossiers cite, fetched into this installation's own copy."""

from typing import Annotated, Any

from typer import Option

from bot.shell import AsJson, complain, open_library, print_json, read_settings


def originals(
    dossier: Annotated[str | None, Option(metavar="ID", help="Only what this dossier cites.")] = None,
    most: Annotated[int | None, Option("--most", min=1, help="Ask for so many pages at most.")] = None,
    retry: Annotated[bool, Option("--retry", help="Try again what failed for good.")] = False,
    as_json: AsJson = False,
) -> None:
    """Fetch the pages that dossiers cite, politely; what is held is not fetched again. Ctrl-C ends it at any time."""
    from bot.originals import Collector, Record, cited_originals
    from bot.terminal import out
    from corpus.fetch import Fetcher

    told: dict[str, Any] = {"held": [], "failed": []}
    settings = read_settings()
    with open_library(ready=True) as library:
        record = Record(settings.data)
        cited = cited_originals(library, dossier)
        waiting = [one for one in cited if not record.is_done(one.url, retry=retry)]
        wanted = waiting[:most]
        try:
            for original, attempt in Collector(library, Fetcher(), record).collect(wanted):
                if attempt.reason is None:
                    told["held"].append(attempt.document_id)
                    complain(f"held: {original.url}")
                else:
                    told["failed"].append({"url": original.url, "reason": attempt.reason, "for_good": attempt.final})
                    complain(f"failed: {attempt.reason}")
        finally:  # told after Ctrl-C, too
            left = len(waiting) - len(told["held"]) - len(told["failed"])
            told |= {"cited": len(cited), "before": len(cited) - len(waiting), "left": left}
            if as_json:
                print_json(told)
            else:
                out.print(
                    f"{len(told['held'])} held, {len(told['failed'])} failed, {told['before']} done before, {left} left"
                )
