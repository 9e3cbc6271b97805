"""Trains the model that ships, from nothing, on text that text.py makes.

    pip install -r requirements.txt
    python train.py --out ../../Models/assay-tiny

A quarter of an hour on two idle cores. One seed gives one model, on one machine with one version of PyTorch.
"""

import argparse
import itertools
import json
import math
import re
import time
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import LlamaConfig, LlamaForCausalLM

from muon import Muon
from text import Corpus, Rows, overlap
from tokenizer import BOS, EOS, save_tokenizer, train_tokenizer

WINDOW = 1024
SHAPE = {
    "architectures": ["LlamaForCausalLM"],
    "model_type": "llama",
    "hidden_size": 192,
    "intermediate_size": 512,
    "num_hidden_layers": 6,
    "num_attention_heads": 6,
    "num_key_value_heads": 2,
    "head_dim": 32,
    "hidden_act": "silu",
    "rms_norm_eps": 1e-5,
    "rope_theta": 10000.0,
    "max_position_embeddings": WINDOW,
    "initializer_range": 0.02,
    "attention_bias": False,
    "mlp_bias": False,
    "tie_word_embeddings": True,
    "use_cache": True,
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--steps", type=int, default=1300)
    parser.add_argument("--tokens", type=int, default=2048, help="tokens a step")
    parser.add_argument("--rate", type=float, default=3e-3, help="highest learning rate")
    parser.add_argument("--vocabulary", type=int, default=1152)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


class Stream:
    """The corpus as one endless row of tokens, each document between its marks; keeps what it has read."""

    def __init__(self, corpus, tokenizer):
        self.documents, self.tokenizer = corpus.documents(), tokenizer
        self.begin, self.end = tokenizer.token_to_id(BOS), tokenizer.token_to_id(EOS)
        self.waiting, self.read = [], []

    def batch(self, rows, length):
        """Tokens, and how much each counts in the loss."""
        while len(self.waiting) < rows * length:
            document = next(self.documents)
            self.read.append(document)
            coded = self.tokenizer.encode(document, add_special_tokens=False)
            weights = weights_of(document, coded.offsets)
            self.waiting += [(self.begin, 0.0), *zip(coded.ids, weights), (self.end, 1.0)]
        taken, self.waiting = self.waiting[:rows * length], self.waiting[rows * length:]
        ids, weights = zip(*taken)
        return torch.tensor(ids).view(rows, length), torch.tensor(weights).view(rows, length)


def weights_of(document, offsets):
    """A question is mostly chance, an answer is not: a question's tokens count a tenth."""
    asked = [match.span(1) for match in re.finditer(r"Question:(.*?)\nAnswer:", document, re.DOTALL)]
    return [0.1 if any(start <= first < end for start, end in asked) else 1.0 for first, _ in offsets]


def loss_of(model, ids, weights):
    logits = model(input_ids=ids).logits[:, :-1].flatten(0, 1)
    losses = torch.nn.functional.cross_entropy(logits, ids[:, 1:].flatten(), reduction="none")
    counted = weights[:, 1:].flatten()
    return (losses * counted).sum() / counted.sum()


def rate(step, steps, highest):
    """Up in a straight line, then down along a cosine to almost nothing."""
    warm = 60
    if step < warm:
        return highest * (step + 1) / warm
    return highest * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (step - warm) / (steps - warm))))


def optimizers_for(model):
    """Muon for the matrices of the layers, AdamW for the embedding and the gains."""
    matrices = [p for p in model.model.layers.parameters() if p.dim() > 1]
    gains = [p for p in model.parameters() if p.dim() == 1]
    others = [{"params": [model.model.embed_tokens.weight, *gains], "weight_decay": 0.0}]
    return [Muon(matrices), torch.optim.AdamW(others, betas=(0.9, 0.97))]


def train(model, stream, options, keep):
    optimizers = optimizers_for(model)
    began, mean = time.time(), None
    for step in range(options.steps):
        # The last sixth is trained at full length, so that the far positions are known as well.
        length = 256 if step < options.steps * 5 // 6 else WINDOW
        loss = loss_of(model, *stream.batch(max(1, options.tokens // length), length))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate(step, options.steps, options.rate)
            optimizer.step()
            optimizer.zero_grad()
        mean = loss.item() if mean is None else 0.95 * mean + 0.05 * loss.item()
        if step % 50 == 0 or step == options.steps - 1:
            print(f"step {step:5d}  loss {mean:.3f}  {time.time() - began:6.0f} s", flush=True)
        if step % 300 == 299:
            keep()


def save(model, folder, config):
    """Weights in bfloat16; the head is the embedding, so it is written once."""
    weights = {
        name: weight.to(torch.bfloat16).contiguous()
        for name, weight in model.state_dict().items() if name != "lm_head.weight"
    }
    file = folder / "model.safetensors"
    save_file(weights, file, metadata={"format": "pt"})
    file.chmod(0o644)
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    generation = {key: config[key] for key in ("bos_token_id", "eos_token_id")} | {"do_sample": False}
    (folder / "generation_config.json").write_text(json.dumps(generation, indent=2) + "\n")


def main():
    options = arguments()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)

    rows = Rows()
    sample = list(itertools.islice(Corpus(f"tokenizer {options.seed}", rows).documents(), 8000))
    # Every number below a hundred becomes one token, however rare it is in the text.
    sample += [str(number) for number in range(100)] * 1000
    tokenizer = train_tokenizer(sample, options.vocabulary)
    save_tokenizer(tokenizer, options.out, WINDOW)
    config = SHAPE | {
        "vocab_size": tokenizer.get_vocab_size(), "bos_token_id": tokenizer.token_to_id(BOS),
        "eos_token_id": tokenizer.token_to_id(EOS), "torch_dtype": "bfloat16",
    }
    model = LlamaForCausalLM(LlamaConfig(**{k: v for k, v in config.items() if k != "torch_dtype"}))
    # Words of one kind soon share most of their embedding; what is left of the start is what tells them apart.
    torch.nn.init.normal_(model.model.embed_tokens.weight, std=0.08)
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters, {config['vocab_size']} tokens")

    stream = Stream(Corpus(options.seed, rows), tokenizer)
    train(model, stream, options, keep=lambda: save(model, options.out, config))
    save(model, options.out, config)
    print(f"{len(stream.read):,} documents; demo rows among them: {overlap(stream.read, rows)}")


if __name__ == "__main__":
    main()
