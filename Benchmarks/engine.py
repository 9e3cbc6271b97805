"""Makes what the engine is measured on, and measures llama.cpp on the same weights.

    python Benchmarks/engine.py make FOLDER     a model in the shape of SmolLM-135M with random weights, and four tasks
    python Benchmarks/engine.py gguf FOLDER     the same weights for llama.cpp, in F32 and BF16
    python Benchmarks/engine.py llama FOLDER ASSAY    tokens a second of Assay and llama.cpp, reading 512 and writing 64
    python Benchmarks/engine.py agree FOLDER ASSAY DTYPE    the first answers against those of transformers
    python Benchmarks/engine.py table FOLDER ASSAY LM_EVAL [WORD ...]    both programs on the tasks, start to results

`table` prints a row for each task and precision as soon as it is measured: wall seconds, processor seconds and peak
megabytes of both, the ratio of the wall seconds, and which share of the machine's rate of products Assay reached
(arithmetic with shared starts counted once, over its wall time, over what `assay doctor` measures at that moment).
Words: `gsm8k`, `rolling`, `hellaswag`, `mmlu`, `float32`, `bfloat16` take these only; a number measures so often, in turns, and
takes the medians, also of the ratios; `quick` takes an eighth of the rows; `all` tries the harness at batch sizes 1, 8 and 16 instead of one known to be good.
`make` needs numpy, safetensors and tokenizers; `gguf` gguf; `llama` llama-cpp-python. Everything comes from one seed.
"""

import bisect
import json
import os
import pathlib
import random
import re
import statistics
import subprocess
import sys
import time

SEED = 20240917
SHAPE = {
    "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 576, "intermediate_size": 1536,
    "num_hidden_layers": 30, "num_attention_heads": 9, "num_key_value_heads": 3, "vocab_size": 49152,
    "max_position_embeddings": 2048, "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "hidden_act": "silu",
    "tie_word_embeddings": True, "bos_token_id": 0, "eos_token_id": 0, "torch_dtype": "float32",
}
SYLLABLES = [c + v for c in "b ch d f g h k l m n p r s sh t v w z".split() for v in "a e i o u ai".split()]


class Words:
    """Made-up words that come as often as words do: the n-th most frequent a part in n as often as the first."""

    def __init__(self, count=70_000):
        rng = random.Random(SEED)
        known = dict.fromkeys("".join(rng.choices(SYLLABLES, k=rng.choice((1, 2, 2, 3, 3, 4)))) for _ in range(2 * count))
        self.words = list(known)[:count]
        self.sums, total = [], 0.0
        for rank in range(len(self.words)):
            total += 1 / (rank + 10)
            self.sums.append(total)
        self.rng = random.Random(SEED + 1)

    def text(self, count):
        picks = (bisect.bisect(self.sums, self.rng.random() * self.sums[-1]) for _ in range(count))
        return " ".join(self.words[min(i, len(self.words) - 1)] for i in picks)

    def sentences(self, count):
        lengths = []
        while sum(lengths) < count:
            lengths.append(min(self.rng.randint(6, 18), count - sum(lengths)))
        return " ".join(self.text(n).capitalize() + "." for n in lengths)


def tokenizer(words, folder):
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=SHAPE["vocab_size"], special_tokens=["<|endoftext|>"], show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    corpus = [" ".join(words.words)] + [f"{words.sentences(200)}\nQuestion: {n}\nAnswer: #### {n * 7}" for n in range(6000)]
    made.train_from_iterator(corpus + ["A. B. C. D. Question:\nAnswer:"] * 1000, trainer)
    assert made.get_vocab_size() == SHAPE["vocab_size"]
    made.save(str(folder / "tokenizer.json"))
    end = "<|endoftext|>"
    about = {"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": end, "eos_token": end, "pad_token": end,
             "model_max_length": SHAPE["max_position_embeddings"]}
    (folder / "tokenizer_config.json").write_text(json.dumps(about, indent=1))
    return made


def weights(folder):
    import numpy
    from safetensors.numpy import save_file

    rng = numpy.random.default_rng(SEED)
    wide, inner = SHAPE["hidden_size"], SHAPE["intermediate_size"]
    keys = wide // SHAPE["num_attention_heads"] * SHAPE["num_key_value_heads"]
    tensors = {}

    def draw(name, *shape, scale=None):
        tensors[name] = rng.standard_normal(shape, numpy.float32) * numpy.float32(scale or shape[-1] ** -0.5)

    draw("model.embed_tokens.weight", SHAPE["vocab_size"], wide, scale=0.1)
    for layer in range(SHAPE["num_hidden_layers"]):
        path = f"model.layers.{layer}."
        for name, rows in (("q", wide), ("k", keys), ("v", keys), ("o", wide)):
            draw(f"{path}self_attn.{name}_proj.weight", rows, wide)
        for name, rows, columns in (("gate", inner, wide), ("up", inner, wide), ("down", wide, inner)):
            draw(f"{path}mlp.{name}_proj.weight", rows, columns)
        for name in ("input", "post_attention"):
            tensors[f"{path}{name}_layernorm.weight"] = numpy.ones(wide, numpy.float32)
    tensors["model.norm.weight"] = numpy.ones(wide, numpy.float32)
    save_file(tensors, str(folder / "model.safetensors"), {"format": "pt"})
    (folder / "config.json").write_text(json.dumps(SHAPE, indent=1))


def task(folder, name, text, **rows):
    files = {}
    for split, values in rows.items():
        files[split] = f"{name}.{split}.jsonl"
        (folder / files[split]).write_text("".join(json.dumps(value) + "\n" for value in values))
    data = "".join(f"    {split}: {file}\n" for split, file in files.items())
    splits = "".join(f"{split}_split: {split}\n" for split in rows)
    fewshot = "fewshot_split: train\n" if "train" in rows else ""
    (folder / f"{name}.yaml").write_text(
        f"task: {name}\ndataset_path: json\ndataset_kwargs:\n  data_files:\n{data}{splits.replace('train_', 'training_', 1)}{fewshot}{text}")


METRIC = "metric_list:\n  - metric: {}\n    aggregation: {}\n    higher_is_better: {}\n"


def tasks(words, made, folder):
    rng = words.rng
    question = lambda: {"question": words.sentences(64), "choices": [words.text(rng.randint(5, 11)) for _ in range(4)],
                        "answer": rng.randrange(4)}
    choice = ("output_type: multiple_choice\nnum_fewshot: 5\nfewshot_config:\n  sampler: first_n\n"
              'doc_to_text: "{{question.strip()}}\\nA. {{choices[0]}}\\nB. {{choices[1]}}\\nC. {{choices[2]}}\\nD. {{choices[3]}}\\nAnswer:"\n'
              'doc_to_choice: ["A", "B", "C", "D"]\ndoc_to_target: answer\n')
    for subject in range(4):
        task(folder, f"bench_mmlu_{subject}", choice + METRIC.format("acc", "mean", "true"),
             train=[question() for _ in range(5)], test=[question() for _ in range(25)])
    (folder / "bench_mmlu.yaml").write_text(
        "group: bench_mmlu\ntask:\n" + "".join(f"  - bench_mmlu_{subject}\n" for subject in range(4))
        + "aggregate_metric_list:\n  - metric: acc\n    weight_by_size: true\n")
    task(folder, "bench_hellaswag", 'output_type: multiple_choice\nnum_fewshot: 0\ndoc_to_text: "{{query}}"\ndoc_to_choice: choices\n'
         "doc_to_target: label\n" + METRIC.format("acc", "mean", "true") + METRIC.format("acc_norm", "mean", "true")[13:],
         test=[{"query": words.sentences(44), "choices": [words.sentences(rng.randint(15, 40)) for _ in range(4)],
                "label": rng.randrange(4)} for _ in range(200)])
    problem = lambda: {"question": words.sentences(55), "answer": f"{words.sentences(95)} #### {rng.randrange(1000)}"}
    task(folder, "bench_gsm8k", "output_type: generate_until\nnum_fewshot: 5\n"
         'doc_to_text: "Question: {{question}}\\nAnswer:"\ndoc_to_target: "{{answer}}"\ngeneration_kwargs:\n  until: ["Question:"]\n'
         "  do_sample: false\n  temperature: 0.0\n  max_gen_toks: 64\n" + METRIC.format("exact_match", "mean", "true"),
         train=[problem() for _ in range(50)], test=[problem() for _ in range(10)])
    whole = lambda: made.decode(made.encode(words.sentences(2200)).ids[:2000])
    task(folder, "bench_rolling", 'output_type: loglikelihood_rolling\ndoc_to_text: ""\ndoc_to_target: "{{text}}"\n'
         + METRIC.format("word_perplexity", "weighted_perplexity", "false"), test=[{"text": whole()} for _ in range(10)])


def make(folder):
    folder = pathlib.Path(folder)
    model, rows = folder / "model", folder / "tasks"
    for path in (model, rows):
        path.mkdir(parents=True, exist_ok=True)
    words = Words()
    made = tokenizer(words, model)
    weights(model)
    tasks(words, made, rows)


def gguf(folder):
    import gguf as format
    import numpy
    from safetensors.numpy import load_file

    folder = pathlib.Path(folder)
    tensors = load_file(folder / "model" / "model.safetensors")
    vocabulary = json.loads((folder / "model" / "tokenizer.json").read_text())["model"]
    names = {"input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm", "self_attn.q_proj": "attn_q",
             "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
             "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down"}
    heads = {"attn_q": SHAPE["num_attention_heads"], "attn_k": SHAPE["num_key_value_heads"]}
    for kind, dtype in (("f32", None), ("bf16", format.GGMLQuantizationType.BF16)):
        out = format.GGUFWriter(str(folder / f"{kind}.gguf"), "llama")
        out.add_context_length(SHAPE["max_position_embeddings"])
        out.add_embedding_length(SHAPE["hidden_size"])
        out.add_block_count(SHAPE["num_hidden_layers"])
        out.add_feed_forward_length(SHAPE["intermediate_size"])
        out.add_head_count(SHAPE["num_attention_heads"])
        out.add_head_count_kv(SHAPE["num_key_value_heads"])
        out.add_layer_norm_rms_eps(SHAPE["rms_norm_eps"])
        out.add_rope_freq_base(SHAPE["rope_theta"])
        out.add_rope_dimension_count(SHAPE["hidden_size"] // SHAPE["num_attention_heads"])
        out.add_vocab_size(SHAPE["vocab_size"])
        out.add_tokenizer_model("gpt2")
        out.add_tokenizer_pre("default")
        ids = sorted(vocabulary["vocab"], key=vocabulary["vocab"].get)
        out.add_token_list(ids)
        out.add_token_types([3] + [1] * (len(ids) - 1))
        out.add_token_merges([merge if isinstance(merge, str) else " ".join(merge) for merge in vocabulary["merges"]])
        out.add_bos_token_id(0)
        out.add_eos_token_id(0)
        for name, value in tensors.items():
            base = name.removeprefix("model.").removesuffix(".weight")
            if base.startswith("layers."):
                _, layer, part = base.split(".", 2)
                if names[part] in heads:
                    # llama.cpp turns neighbours where the hub's layout turns halves.
                    n = heads[names[part]]
                    value = value.reshape(n, 2, value.shape[0] // n // 2, -1).swapaxes(1, 2).reshape(value.shape)
                base = f"blk.{layer}.{names[part]}"
            else:
                base = {"embed_tokens": "token_embd", "norm": "output_norm"}[base]
            value = numpy.ascontiguousarray(value)
            if dtype is None or value.ndim == 1:
                out.add_tensor(f"{base}.weight", value)
            else:
                out.add_tensor(f"{base}.weight", format.quants.quantize(value, dtype), raw_dtype=dtype)
        out.write_header_to_file()
        out.write_kv_data_to_file()
        out.write_tensors_to_file()
        out.close()


def llama(folder, assay):
    """In turns, since a machine is not always as fast; what is printed is the best of each."""
    from llama_cpp import Llama

    def ours(dtype):
        said = subprocess.run(
            [assay, "doctor", "--seconds", "6", "--model", "native", "--model_args",
             f"pretrained={pathlib.Path(folder).resolve()}/model,dtype={dtype}"], capture_output=True, text=True, check=True).stdout
        return [float(rate) for rate in re.findall(r"^(?:reading|writing) +([0-9.]+)", said, re.M)]

    for kind, dtype in (("f32", "float32"), ("bf16", "bfloat16")):
        measured = [ours(dtype)]
        model = Llama(str(pathlib.Path(folder) / f"{kind}.gguf"), n_ctx=1024, n_batch=512, n_ubatch=512, n_threads=2,
                      n_threads_batch=2, verbose=False)
        rng = random.Random(SEED)
        reading, writing = [], []
        for _ in range(8):
            prompt = [rng.randrange(1, SHAPE["vocab_size"]) for _ in range(512)]
            model.reset()
            start = time.perf_counter()
            model.eval(prompt)
            reading.append(512 / (time.perf_counter() - start))
            model.reset()
            model.eval(prompt[:1])
            start = time.perf_counter()
            for token in prompt[:64]:
                model.eval([token])
            writing.append(64 / (time.perf_counter() - start))
        measured += [ours(dtype), ours(dtype)]
        for name, rates, theirs in zip(("pp512", "tg64"), zip(*measured), (reading, writing)):
            print(f"{dtype} {name}: Assay {max(rates):.1f} tokens/s, llama.cpp {max(theirs):.1f}: {max(rates) / max(theirs):.2f} times")


def agree(folder, assay, dtype):
    """Assay's likelihoods and texts of the first rows, against those of transformers in the same precision and float32."""
    import tempfile

    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    path = pathlib.Path(folder).resolve()
    made = AutoTokenizer.from_pretrained(path / "model")

    def ours(task, rows):
        with tempfile.TemporaryDirectory() as out:
            timed([str(pathlib.Path(assay).resolve()), "run", "--model", "native", "--model_args",
                   f"pretrained={path}/model,dtype={dtype}", "--include_path", ".", "--tasks", task, "--limit", str(rows),
                   "--output_path", out, "--log_samples"], path / "tasks")
            [file] = pathlib.Path(out).rglob("samples_*.jsonl")
            lines = [json.loads(line) for line in file.read_text().splitlines()]
        return [(*list(ask.values())[:2], answer[0]) for line in sorted(lines, key=lambda line: line["doc_id"])
                for ask, answer in zip(line["arguments"].values(), line["resps"])]

    asked, texts = ours("bench_hellaswag", 5), ours("bench_gsm8k", 3)
    theirs, written = {}, {}
    for name in dict.fromkeys(("float32", dtype)):
        model = AutoModelForCausalLM.from_pretrained(path / "model", dtype=getattr(torch, name)).eval()
        theirs[name] = []
        with torch.no_grad():
            for context, ending, _ in asked:
                before, after = made(context).input_ids, made(context + ending).input_ids
                scores = model(torch.tensor([after[:-1]])).logits[0].double().log_softmax(-1)
                places = range(len(before) - 1, len(after) - 1)
                theirs[name].append(sum(scores[place, after[place + 1]].item() for place in places))
            written[name] = []
            for prompt, *_ in texts:
                ids = made(prompt, return_tensors="pt").input_ids
                after = model.generate(ids, max_new_tokens=64, do_sample=False, pad_token_id=0)[0, ids.shape[1]:]
                written[name].append(made.decode(after, skip_special_tokens=True))
        print(f"transformers in {name}: {len(asked)} likelihoods of {sum(theirs[name]) / len(asked):.0f}", flush=True)
    own = [float(answer[0]) for *_, answer in asked]

    def apart(a, b):
        gaps = [abs(x - y) for x, y in zip(a, b)]
        return f"mean {sum(gaps) / len(gaps):.6f}, largest {max(gaps):.6f}"

    print(f"Assay in {dtype} from transformers in {dtype}: {apart(own, theirs[dtype])}")
    print(f"Assay in {dtype} from transformers in float32: {apart(own, theirs['float32'])}")
    print(f"transformers in {dtype} from itself in float32: {apart(theirs[dtype], theirs['float32'])}")

    def alike(some, others):
        return " ".join(str(len(os.path.commonprefix([a, b])) if a != b else "all") for a, b in zip(some, others))

    answers = [text for *_, text in texts]
    print("letters of greedy texts of 64 tokens that are alike, text by text:")
    print(f"  Assay in {dtype} and transformers in {dtype}: {alike(answers, written[dtype])}")
    print(f"  Assay in {dtype} and transformers in float32: {alike(answers, written['float32'])}")
    print(f"  transformers in {dtype} and in float32: {alike(written[dtype], written['float32'])}")


DTYPES = ("bfloat16", "float32")

# Rows, the harness's batch size, and 10^12 operations of all rows: the layers at each token with shared starts counted
# once, the output layer where something is asked, attention over all keys. GSM8K's are of reading the prompts and
# writing 64 tokens.
JOBS = {"gsm8k": (10, 16, 2.83), "rolling": (10, 1, 6.76), "hellaswag": (200, 8, 9.64), "mmlu": (25, 8, 4.04)}


def timed(command, folder):
    quiet = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "TQDM_DISABLE": "1"}
    start = time.perf_counter()
    child = subprocess.Popen(command, cwd=folder, env=os.environ | quiet, stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"failed with {child.returncode}: {' '.join(command)}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def rates(assay):
    said = subprocess.run([assay, "doctor", "--seconds", "3"], capture_output=True, text=True, check=True).stdout
    return {name: float(rate) for name, rate in re.findall(r"^(float32|bfloat16) +([0-9]+) GFLOP/s", said, re.M)}


def medians(runs):
    return [statistics.median(column) for column in zip(*runs)]


def table(folder, assay, harness, *words):
    path, assay = pathlib.Path(folder).resolve(), str(pathlib.Path(assay).resolve())
    print(f"load {os.getloadavg()[0]:.1f} at the start")
    print("| Work | Rows | Assay: wall | CPU | MB | lm_eval: wall | CPU | MB | batch | times as fast | share of rate |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    rounds = max([int(word) for word in words if word.isdigit()], default=1)
    for name, (rows, batch, work) in JOBS.items():
        if not set(words).isdisjoint(JOBS) and name not in words:
            continue
        for dtype in [word for word in DTYPES if word in words] or DTYPES:
            limit = max(1, rows // 8) if "quick" in words else rows
            common = ["--model_args", f"pretrained={path}/model,dtype={dtype}", "--include_path", ".",
                      "--tasks", f"bench_{name}", "--limit", str(limit)]
            sizes = (1, 8, 16) if "all" in words else (batch,)
            ours, peers, rate = [], {size: [] for size in sizes}, 0
            for _ in range(rounds):
                rate = max(rate, rates(assay)[dtype])
                ours.append(timed([assay, "run", "--model", "native", *common], path / "tasks"))
                for size in sizes:
                    peers[size].append(timed([harness, "--model", "hf", *common, "--device", "cpu", "--batch_size", str(size)],
                                             path / "tasks"))
            size = min(peers, key=lambda size: medians(peers[size]))
            faster = statistics.median(theirs[0] / own[0] for own, theirs in zip(ours, peers[size]))
            ours, peer = medians(ours), medians(peers[size])
            share = work * 1000 * limit / rows / ours[0] / rate
            figures = " | ".join(f"{wall:.1f} | {cpu:.1f} | {peak:.0f}" for wall, cpu, peak in (ours, peer))
            print(f"| {name}, {dtype} | {limit} | {figures} | {size} | {faster:.1f} | {share:.0%} |", flush=True)
    print(f"load {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
