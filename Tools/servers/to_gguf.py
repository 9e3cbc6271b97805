"""Writes a small Llama checkpoint of the hub's layout as a GGUF file in float32: to_gguf.py FOLDER FILE."""
import json
import struct
import sys

import gguf
import numpy


def tensors(path):
    """Name and float32 array of each tensor of a safetensors file."""
    with open(path, "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        head = json.loads(file.read(size))
        data = file.read()
    for name, entry in head.items():
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        raw = data[start:end]
        if entry["dtype"] == "BF16":
            numbers = (numpy.frombuffer(raw, dtype=numpy.uint16).astype(numpy.uint32) << 16).view(numpy.float32)
        elif entry["dtype"] == "F16":
            numbers = numpy.frombuffer(raw, dtype=numpy.float16).astype(numpy.float32)
        else:
            numbers = numpy.frombuffer(raw, dtype=numpy.float32)
        yield name, numbers.reshape(entry["shape"])


def interleaved(weight, heads):
    """llama.cpp rotates neighbouring pairs, the hub's layout pairs of halves."""
    rows, columns = weight.shape
    return weight.reshape(heads, 2, rows // heads // 2, columns).swapaxes(1, 2).reshape(rows, columns)


PLACES = {
    "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm", "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
}


def main(folder, path):
    config = json.load(open(f"{folder}/config.json"))
    tokenizer = json.load(open(f"{folder}/tokenizer.json"))
    heads, key_heads = config["num_attention_heads"], config["num_key_value_heads"]
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("assay-tiny")
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(heads)
    writer.add_head_count_kv(key_heads)
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_rope_freq_base(config["rope_theta"])
    writer.add_rope_dimension_count(config["head_dim"])
    writer.add_key_length(config["head_dim"])
    writer.add_value_length(config["head_dim"])
    writer.add_vocab_size(config["vocab_size"])
    writer.add_file_type(0)

    texts = {number: text for text, number in tokenizer["model"]["vocab"].items()}
    special = {token["id"]: token["content"] for token in tokenizer["added_tokens"]}
    tokens, kinds = [], []
    for number in range(config["vocab_size"]):
        tokens.append(special.get(number) or texts.get(number) or f"[unused{number}]")
        kinds.append(3 if number in special else 1 if number in texts else 5)
    merges = tokenizer["model"]["merges"]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("llama-bpe")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges([merge if isinstance(merge, str) else " ".join(merge) for merge in merges])
    writer.add_bos_token_id(config["bos_token_id"])
    writer.add_eos_token_id(config["eos_token_id"])
    writer.add_add_bos_token(True)

    for name, weight in tensors(f"{folder}/model.safetensors"):
        if name == "model.embed_tokens.weight":
            writer.add_tensor("token_embd.weight", weight)
            continue
        if name == "model.norm.weight":
            writer.add_tensor("output_norm.weight", weight)
            continue
        if name == "lm_head.weight":
            writer.add_tensor("output.weight", weight)
            continue
        _, _, layer, rest = name.split(".", 3)
        place = rest.removesuffix(".weight")
        if place == "self_attn.q_proj":
            weight = interleaved(weight, heads)
        if place == "self_attn.k_proj":
            weight = interleaved(weight, key_heads)
        writer.add_tensor(f"blk.{layer}.{PLACES[place]}.weight", numpy.ascontiguousarray(weight))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


main(sys.argv[1], sys.argv[2])
