"""Makes a very small checkpoint of each architecture, and what transformers computes with it in float32.

    python Tools/inference/architectures.py [NAME ...]

Each case is a class of transformers with the numbers of its blueprint. Weights are random, so large that every part
shows in the outcome, and stored in one of the types of the hub. Requests are tokens: how texts become tokens is tested
elsewhere.
"""

import json
import random
import shutil
import sys
import zlib
from pathlib import Path

import torch
import transformers

FOLDER = Path(__file__).resolve().parents[2] / "Tests" / "InferenceTests" / "Fixtures" / "architectures"
VOCABULARY = 64
F32, F16, BF16 = torch.float32, torch.float16, torch.bfloat16

COMMON = dict(vocab_size=VOCABULARY, bos_token_id=0, eos_token_id=1, pad_token_id=None)
THREE = dict(num_hidden_layers=3)
LLAMA = COMMON | dict(
    hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
    max_position_embeddings=128, tie_word_embeddings=False)
GPT = COMMON | dict(n_embd=16, n_head=2, n_layer=2, n_positions=128)


def scaled(kind, **numbers):
    return dict(rope_parameters=dict(rope_type=kind, rope_theta=10000.0) | numbers)


def rope(kind, **numbers):
    """The same in the words of older configurations."""
    return dict(rope_scaling=dict(type=kind) | numbers, rope_theta=5000.0)


NULL = "null"

# name: (class, type of the weights, blueprint, changes to the saved `config.json`; None takes a key away)
CASES = {}


def case(name, family, dtype, blueprint, **written):
    CASES[name] = (family, dtype, blueprint, written)


case("llama", "Llama", BF16, LLAMA)
case("llama-linear", "Llama", F16, LLAMA | dict(num_key_value_heads=1, tie_word_embeddings=True, mlp_bias=True),
     rope_parameters=None, **rope("linear", factor=4.0))
case("llama-untied", "Llama", F16, LLAMA, tie_word_embeddings=True)
case("llama-dynamic", "Llama", BF16, LLAMA | scaled("dynamic", factor=2.0))
case("llama-3", "Llama", BF16, LLAMA | dict(attention_bias=True), rope_parameters=None, rope_theta=10000.0,
     rope_scaling=dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                       original_max_position_embeddings=32))
case("llama-yarn", "Llama", F16, LLAMA | dict(head_dim=8) | scaled(
    "yarn", factor=4.0, original_max_position_embeddings=32, beta_fast=8.0, beta_slow=1.0))
case("llama-yarn-exact", "Llama", BF16, LLAMA | dict(head_dim=8) | scaled(
    "yarn", factor=3.0, original_max_position_embeddings=40, truncate=False, mscale=1.2, mscale_all_dim=0.7))

case("mistral", "Mistral", BF16, LLAMA | dict(sliding_window=7))
case("mistral-whole", "Mistral", F16, LLAMA | dict(sliding_window=None, head_dim=6, tie_word_embeddings=True))

case("qwen2", "Qwen2", BF16, LLAMA | dict(tie_word_embeddings=True))
case("qwen2-window", "Qwen2", F32, LLAMA | THREE | dict(
    use_sliding_window=True, sliding_window=9, max_window_layers=1), layer_types=None)

case("qwen3", "Qwen3", BF16, LLAMA | dict(head_dim=8, tie_word_embeddings=True))
case("qwen3-window", "Qwen3", F16, LLAMA | THREE | dict(
    head_dim=6, attention_bias=True, use_sliding_window=True, sliding_window=5,
    layer_types=["sliding_attention", "full_attention", "sliding_attention"]))

GEMMA = LLAMA | dict(head_dim=6, tie_word_embeddings=True)
case("gemma", "Gemma", BF16, GEMMA, hidden_act="gelu")

case("gemma-2", "Gemma2", BF16, GEMMA | THREE | dict(
    sliding_window=6, query_pre_attn_scalar=5, attn_logit_softcapping=1.5, final_logit_softcapping=2.0))
case("gemma-2-bare", "Gemma2", F16, GEMMA | THREE | dict(sliding_window=8, query_pre_attn_scalar=9), layer_types=None,
     attn_logit_softcapping=NULL, final_logit_softcapping=NULL)

case("gemma-3", "Gemma3", BF16, GEMMA | THREE | dict(
    sliding_window=6, query_pre_attn_scalar=5, layer_types=["sliding_attention", "full_attention", "sliding_attention"]))
case("gemma-3-older", "Gemma3", F16, GEMMA | THREE | dict(
    sliding_window=7, query_pre_attn_scalar=8, final_logit_softcapping=3.0),
     layer_types=None, rope_parameters=None, sliding_window_pattern=2, rope_theta=20000.0, rope_local_base_freq=500.0,
     rope_scaling=dict(rope_type="linear", factor=8.0))

case("gpt2", "GPT2", F16, GPT)

NEOX = LLAMA | dict(num_attention_heads=2)
case("gpt-neox", "GPTNeoX", F16, NEOX, rope_parameters=None, rotary_pct=0.5, rotary_emb_base=3000)
case("gpt-neox-serial", "GPTNeoX", BF16, NEOX | dict(
    use_parallel_residual=False, attention_bias=False, tie_word_embeddings=True, hidden_act="gelu_new"))

case("gpt-j", "GPTJ", F16, GPT | dict(rotary_dim=4))

OPT = COMMON | dict(hidden_size=16, ffn_dim=24, num_hidden_layers=2, num_attention_heads=2, max_position_embeddings=128,
                    pad_token_id=1)
case("opt", "OPT", F16, OPT)
case("opt-350m", "OPT", F16, OPT | dict(do_layer_norm_before=False, word_embed_proj_dim=12))
case("opt-bare", "OPT", BF16, OPT | dict(
    enable_bias=False, layer_norm_elementwise_affine=False, activation_function="gelu", tie_word_embeddings=False))

PHI = LLAMA | dict(num_attention_heads=2, num_key_value_heads=2)
case("phi", "Phi", F16, PHI, rope_parameters=None, rope_theta=10000.0, partial_rotary_factor=0.25)
case("phi-norms", "Phi", BF16, PHI | dict(num_key_value_heads=1, qk_layernorm=True))

case("phi-3", "Phi3", BF16, LLAMA | dict(sliding_window=10, pad_token_id=0))
case("phi-3-long", "Phi3", F16, LLAMA | dict(num_attention_heads=2, pad_token_id=0), rope_parameters=None,
     original_max_position_embeddings=24, rope_theta=10000.0, partial_rotary_factor=0.75,
     rope_scaling=dict(type="longrope", short_factor=[1.0, 1.1, 1.3], long_factor=[1.2, 2.5, 4.0]))

case("olmo-2", "Olmo2", BF16, LLAMA)

FALCON = COMMON | dict(hidden_size=16, num_hidden_layers=2, num_attention_heads=4, ffn_hidden_size=24)
case("falcon", "Falcon", BF16, FALCON)
case("falcon-new", "Falcon", F16, FALCON | dict(new_decoder_architecture=True, num_kv_heads=2, bias=True))
case("falcon-11b", "Falcon", BF16, FALCON | dict(
    new_decoder_architecture=True, num_kv_heads=2, num_ln_in_parallel_attn=1, tie_word_embeddings=False))
case("falcon-rw", "Falcon", BF16, FALCON | dict(alibi=True, multi_query=False, parallel_attn=False, bias=True))
case("falcon-alibi-6", "Falcon", F16, FALCON | dict(alibi=True, num_attention_heads=6, hidden_size=24))


def randomise(model, seed):
    """Sizes that keep attention, gates and norms away from nothing and from their limits."""
    generator = torch.Generator().manual_seed(seed)
    zeroed = "Gemma" in type(model).__name__
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if parameter.dim() == 1:
                centre = 0.0 if zeroed or name.endswith("bias") else 1.0
                parameter.copy_(centre + 0.2 * noise)
            elif "embed" in name or "wte" in name or "wpe" in name:
                parameter.copy_(noise * (0.3 if zeroed else 0.8))
            else:
                width = parameter.shape[0] if "c_" in name else parameter.shape[1]
                parameter.copy_(noise * 1.4 * width ** -0.5)


def changed(folder, written):
    path = folder / "config.json"
    config = json.loads(path.read_text()) | written
    kept = {k: None if v == NULL else v for k, v in config.items() if k not in written or written[k] is not None}
    path.write_text(json.dumps(kept, indent=1) + "\n")


def save(name):
    family, dtype, blueprint, written = CASES[name]
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    kinds = {"GPT2": ("GPT2Config", "GPT2LMHeadModel"), "Gemma3": ("Gemma3TextConfig", "Gemma3ForCausalLM")}
    config, kind = (getattr(transformers, n) for n in kinds.get(family, (f"{family}Config", f"{family}ForCausalLM")))
    model = kind(config(**blueprint))
    randomise(model, zlib.crc32(name.encode()))
    model.to(dtype).save_pretrained(folder)
    (folder / "generation_config.json").unlink(missing_ok=True)
    changed(folder, written)
    (folder / "model.safetensors").chmod(0o644)
    return folder, kind


def logits(model, tokens):
    with torch.no_grad():
        return model(torch.tensor([tokens]), use_cache=False).logits[0].double()


def sequences(rng, limit):
    """Contexts and continuations; some share their starts."""
    draw = lambda n: [rng.randrange(2, VOCABULARY) for _ in range(n)]
    shared = draw(20)
    out = [(shared, draw(n)) for n in (1, 2, 5)] + [(shared + draw(12), draw(n)) for n in (1, 4)]
    out += [(draw(1), draw(1)), (draw(3), draw(9)), (draw(40), draw(20)), (draw(limit - 10), draw(10))]
    return out


def likelihood(model, context, continuation):
    shares = logits(model, (context + continuation)[:-1]).log_softmax(-1)[-len(continuation):]
    greedy = shares.argmax(-1).tolist() == continuation
    return shares.gather(1, torch.tensor(continuation)[:, None]).sum().item(), greedy


def continuation(model, prompt, count):
    """What is likeliest after a prompt, and by how much each token is ahead of the next."""
    tokens, lead = list(prompt), 1e9
    for _ in range(count):
        top = logits(model, tokens)[-1].topk(2)
        lead = min(lead, (top.values[0] - top.values[1]).item())
        tokens.append(top.indices[0].item())
    return tokens[len(prompt):], lead


def greedy(model, rng):
    """A prompt whose continuation does not hang on rounding."""
    while True:
        prompt = [rng.randrange(2, VOCABULARY) for _ in range(rng.randint(3, 12))]
        tokens, lead = continuation(model, prompt, 64)
        if lead > 2e-3:
            return {"prompt": prompt, "tokens": tokens}


def states(model, tokens):
    """What enters each layer and leaves the last."""
    blocks = next(m for m in model.modules() if isinstance(m, torch.nn.ModuleList))
    seen = []
    hooks = [blocks[0].register_forward_pre_hook(
        lambda _, args, kwargs: seen.append((args or tuple(kwargs.values()))[0].clone()), with_kwargs=True)]
    for block in blocks:
        hooks.append(block.register_forward_hook(
            lambda _m, _i, out: seen.append((out[0] if isinstance(out, tuple) else out).clone())))
    last = logits(model, tokens)[-1]
    for hook in hooks:
        hook.remove()
    rounded = [[[round(x, 5) for x in row] for row in s.reshape(len(tokens), -1).tolist()] for s in seen]
    return {"tokens": tokens, "states": rounded, "logits": [round(x, 5) for x in last.tolist()]}


def expectations(name):
    folder, kind = save(name)
    model = kind.from_pretrained(folder, dtype=torch.float32).eval()
    rng = random.Random(name)
    asked = sequences(rng, 110)
    # One request whose continuation is the likeliest.
    start = asked[0][0][:12]
    asked.append((start, continuation(model, start, 6)[0]))
    rows = [[c, t, *likelihood(model, c, t)] for c, t in asked]
    result = {
        "likelihoods": rows, "greedy": greedy(model, rng),
        "activations": states(model, [rng.randrange(VOCABULARY) for _ in range(8)]),
    }
    (folder / "expected.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")


def main():
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    for name in sys.argv[1:] or CASES:
        expectations(name)
        print(name, sum(p.stat().st_size for p in (FOLDER / name).iterdir()))


if __name__ == "__main__":
    main()
