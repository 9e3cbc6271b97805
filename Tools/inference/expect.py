"""Makes the small models, tokenizers and expectations that the tests of Tokenizers and Inference compare with.

    python Tools/inference/expect.py

Weights are random; what counts is that lm_eval's own Hugging Face backend, in float32, says the same as we do.
"""

import json
import random
import shutil
from pathlib import Path

import torch
from lm_eval.api.instance import Instance
from lm_eval.models.huggingface import HFLM
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

import lines
import other_tokenizers
import small_tokenizers
import tokens
from tokens import write

ROOT = Path(__file__).resolve().parents[2] / "Tests"
MODELS = ROOT / "InferenceTests" / "Fixtures"
TOKENIZERS = ROOT / "TokenizersTests" / "Fixtures"



def tokenizer_tables():
    texts = lines.lines(1600)
    write(TOKENIZERS / "lines.json", texts)
    for name, make in small_tokenizers.ALL.items():
        tokens.write_table(TOKENIZERS, name, make(), texts)
    for name, make in other_tokenizers.ALL.items():
        tokens.write_table(TOKENIZERS, name, make(), texts[:500])


def fast(make, **roles):
    return PreTrainedTokenizerFast(tokenizer_object=make(), **roles)


def llama(dtype, **changes):
    config = LlamaConfig(**(dict(
        vocab_size=600, hidden_size=48, intermediate_size=96, num_hidden_layers=3, num_attention_heads=6,
        num_key_value_heads=2, max_position_embeddings=128, rope_theta=10000.0, bos_token_id=0, eos_token_id=1,
        initializer_range=0.15, tie_word_embeddings=False) | changes))
    return LlamaForCausalLM(config).to(dtype)


def gpt2(dtype, **changes):
    config = GPT2Config(**(dict(
        vocab_size=500, n_positions=96, n_embd=40, n_layer=3, n_head=4, bos_token_id=0, eos_token_id=0,
        initializer_range=0.2) | changes))
    return GPT2LMHeadModel(config).to(dtype)


def randomise(model):
    """Norms and biases start at one and nothing, which would hide mistakes."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.dim() == 1:
                parameter.add_(torch.randn_like(parameter) * 0.1)


def save_models():
    llama_tokenizer = fast(small_tokenizers.llama3, bos_token="<|begin|>", eos_token="<|end|>", pad_token="<pad>")
    gpt2_tokenizer = fast(small_tokenizers.gpt2, bos_token="<|endoftext|>", eos_token="<|endoftext|>", unk_token="<|endoftext|>")
    scaling = dict(rope_type="llama3", rope_theta=500000.0, factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                   original_max_position_embeddings=32)
    models = {
        "llama-f32": (llama(torch.float32, rope_parameters=scaling, attention_bias=True, mlp_bias=True), llama_tokenizer),
        "llama-bf16": (llama(torch.bfloat16, tie_word_embeddings=True, head_dim=12, num_key_value_heads=3,
                             hidden_act="gelu"), llama_tokenizer),
        "gpt2-f16": (gpt2(torch.float16), gpt2_tokenizer),
        "gpt2-bare": (gpt2(torch.float32, n_layer=2, n_inner=64, scale_attn_by_inverse_layer_idx=True), gpt2_tokenizer),
    }
    for name, (model, tokenizer) in models.items():
        randomise(model)
        folder = MODELS / name
        shutil.rmtree(folder, ignore_errors=True)
        shards = {"max_shard_size": "60KB"} if name == "llama-bf16" else {}
        if name == "gpt2-bare":
            model.transformer.save_pretrained(folder)
            config = json.loads((folder / "config.json").read_text())
            write(folder / "config.json", config | {"architectures": ["GPT2LMHeadModel"]})
        else:
            model.save_pretrained(folder, **shards)
        tokenizer.save_pretrained(folder)
    return list(models)


def pairs(rng):
    """Contexts and continuations: usual, awkward, and too long."""
    out = []
    for _ in range(6):
        context = lines.plain(rng, rng.randint(5, 40))
        for _ in range(4):
            out.append([context, " " + lines.plain(rng, rng.randint(1, 6))])
    context = "Question: " + lines.plain(rng, 15) + "\nAnswer:"
    out += [[context, f" {letter}"] for letter in "ABCD"]
    texts = lines.lines(60, seed=31)[20:]
    out += [[a, b] for a, b in zip(texts[::2], texts[1::2]) if b]
    out += [["", "hello there"], ["", " lone"], ["", "<|begin|>after"], ["", "<|endoftext|>after"], ["tail  \n ", "next"],
            ["tail\u2003", "next"], ["tail\x1c", "next"], ["<|begin|>chat", " reply"], ["<|endoftext|>chat", " reply"],
            ["a", "\u0301b"], ["the th", "ere"], ["x", " "], ["1", "23"], [" \n", "only space before"]]
    long = lines.plain(rng, 150)
    out += [[long, " end"], [long, " " + lines.plain(rng, 12)], [long, " other"]]
    return out


def generations(rng):
    out = []
    for until in [["\n\n"], [".", ","], ["the"], [" ", "zzz"], []]:
        for _ in range(3):
            out.append([lines.plain(rng, rng.randint(3, 30)), {"until": until, "max_gen_toks": rng.choice([8, 24]), "do_sample": False}])
    out += [[lines.plain(rng, 120), {"until": ["\n"], "max_gen_toks": 16}], ["<|begin|>Q:", {"until": ["Q"], "max_gen_toks": 20}],
            ["Q:", {"until": "Q", "max_new_tokens": 20, "temperature": 0.0}],
            ["again and again", {"until": [], "max_gen_toks": 20, "repetition_penalty": 1.5}]]
    return out


def ask(model, kind, arguments):
    requests = [Instance(request_type=kind, doc={}, arguments=tuple(a), idx=0) for a in arguments]
    return getattr(model, kind)(requests, disable_tqdm=True)


def scoreable(model, pair):
    """lm_eval fails on a context or continuation without tokens, and on a continuation longer than the model reads."""
    context, continuation = pair
    if context == "":
        tokens = model.tok_encode(continuation, add_special_tokens=False)
        return bool(tokens) and len(tokens) > (tokens[0] == model.prefix_token_id)
    before, after = model._encode_pair(context, continuation)
    return bool(before) and 0 < len(after) <= model.max_length


def activations(model, text):
    ids = model.tok_encode(text)
    inner = model.model
    blocks = inner.model.layers if hasattr(inner, "model") else inner.transformer.h
    seen = []
    hooks = [blocks[0].register_forward_pre_hook(lambda _, args: seen.append(args[0].detach().clone()))]
    for block in blocks:
        hooks.append(block.register_forward_hook(
            lambda _m, _i, out: seen.append((out[0] if isinstance(out, tuple) else out).detach().clone())))
    with torch.no_grad():
        logits = inner(torch.tensor([ids])).logits[0]
    for hook in hooks:
        hook.remove()
    states = [s.reshape(len(ids), -1).tolist() for s in seen]
    return {"tokens": ids, "states": [[[round(x, 6) for x in row] for row in s] for s in states],
            "logits": [round(x, 5) for x in logits[-1].tolist()]}


def expectations(name, settings):
    model = HFLM(pretrained=str(MODELS / name), device="cpu", dtype="float32", batch_size=1, **settings)
    rng = random.Random(99)
    asked = [p for p in pairs(rng) if scoreable(model, p)]
    rolling = [lines.plain(rng, n) for n in (1, 3, 40, 90, 200)] + lines.lines(30, seed=77)[15:] + ["a", "", "<|begin|>x"]
    generate = generations(rng)
    texts = ask(model, "generate_until", json.loads(json.dumps(generate)))
    return {
        "settings": settings,
        "loglikelihood": [[*a, *r] for a, r in zip(asked, ask(model, "loglikelihood", asked))],
        "rolling": [[t, r] for t, r in zip(rolling, ask(model, "loglikelihood_rolling", [[t] for t in rolling]))],
        "generate": [[*a, r] for a, r in zip(generate, texts)],
        **({} if settings else {"activations": activations(model, "Question: it was all hot\nAnswer:")}),
    }


def main():
    torch.manual_seed(1234)
    torch.set_num_threads(1)
    tokenizer_tables()
    for name in save_models():
        variants = [{}]
        if name == "llama-f32":
            variants += [{"add_bos_token": False}, {"max_length": 50}]
        if name == "gpt2-f16":
            variants += [{"add_bos_token": True}, {"prefix_token_id": 5, "max_length": 40}]
        write(MODELS / name / "expected.json", [expectations(name, v) for v in variants])


if __name__ == "__main__":
    main()
