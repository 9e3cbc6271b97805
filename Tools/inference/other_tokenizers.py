"""Small tokenizers of every other kind: over characters, unigram, WordPiece, whole words, and odd steps, trained on invented text."""

import io

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

import small_tokenizers

BYTES = [f"<0x{byte:02X}>" for byte in range(256)]
GPT4O = "|".join([
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"\p{N}{1,3}", r" ?[^\s\p{L}\p{N}]+[\r\n/]*", r"\s*[\r\n]+", r"\s+(?!\S)", r"\s+"])


def charsmap(rule):
    """SentencePiece's own table of replacements, as its trainer puts it into a model."""
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(small_tokenizers.corpus()), model_writer=model, vocab_size=400, normalization_rule_name=rule,
        character_coverage=0.98, hard_vocab_limit=False, minloglevel=2)
    proto = sentencepiece_model_pb2.ModelProto()
    proto.ParseFromString(model.getvalue())
    return normalizers.Precompiled(proto.normalizer_spec.precompiled_charsmap)


def trained(tokenizer, trainer):
    texts = small_tokenizers.corpus()
    if isinstance(trainer, trainers.UnigramTrainer):
        # Its vocabulary holds every character that it was trained on, so it is trained on few.
        texts = [text for text in texts if text.isascii()] + ["äöü éèê ñ ß “so” — 日本 ①", "1½ ﬁ x² ａｂ"]
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def template(t, single, *names):
    t.post_processor = processors.TemplateProcessing(single=single, special_tokens=[(name, t.token_to_id(name)) for name in names])
    return t


def letters(size, special, **options):
    return trainers.BpeTrainer(vocab_size=size, special_tokens=special, limit_alphabet=300, show_progress=False, **options)


def llama2():
    t = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    t.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    t.decoder = decoders.Sequence([
        decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(content=" ", left=1)])
    t.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="never")  # for training only
    trained(t, letters(900, ["<unk>", "<s>", "</s>"] + BYTES))
    t.pre_tokenizer = None
    t.add_tokens([AddedToken("WORD", single_word=True), AddedToken("<tool>", normalized=False), "e\u0301"])
    return template(t, "<s> $A", "<s>")


def mistral():
    """Newer files do the same by a pre-tokenizer that does not split."""
    t = llama2()
    t.normalizer = None
    t.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first", split=False)
    return t


def gemma():
    t = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    t.normalizer = normalizers.Replace(" ", "▁")
    t.pre_tokenizer = pre_tokenizers.Split("▁", "merged_with_next")
    t.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    trained(t, letters(900, ["<pad>", "<eos>", "<bos>", "<unk>"] + BYTES))
    t.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
    t.add_tokens([AddedToken("\n\n", normalized=False), AddedToken("▁▁", normalized=False)])
    return template(t, "<bos> $A", "<bos>")


def unigram(special, size=700):
    return trainers.UnigramTrainer(vocab_size=size, special_tokens=special, unk_token="<unk>", show_progress=False)


def t5():
    t = Tokenizer(models.Unigram())
    t.normalizer = normalizers.Sequence([charsmap("nmt_nfkc"), normalizers.Replace(Regex(" {2,}"), " ")])
    t.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    t.decoder = decoders.Metaspace()
    trained(t, unigram(["<pad>", "</s>", "<unk>"]))
    return template(t, "$A </s>", "</s>")


def albert():
    t = Tokenizer(models.Unigram())
    t.normalizer = normalizers.Sequence([
        normalizers.Replace("``", '"'), normalizers.Replace("''", '"'), normalizers.NFKD(), normalizers.StripAccents(),
        normalizers.Lowercase(), normalizers.Strip()])
    t.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first")
    t.decoder = decoders.Metaspace(prepend_scheme="first")
    trained(t, unigram(["<pad>", "<unk>", "[CLS]", "[SEP]"]))
    t.post_processor = processors.BertProcessing(("[SEP]", t.token_to_id("[SEP]")), ("[CLS]", t.token_to_id("[CLS]")))
    return t


def bert(**options):
    t = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=40))
    t.normalizer = normalizers.BertNormalizer(**options)
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    t.decoder = decoders.WordPiece()
    trained(t, trainers.WordPieceTrainer(vocab_size=900, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]"], limit_alphabet=250, show_progress=False))
    return template(t, "[CLS] $A [SEP]", "[CLS]", "[SEP]")


def bert_cased():
    t = bert(lowercase=False, handle_chinese_chars=False)
    t.decoder = decoders.WordPiece(cleanup=False)
    return t


def clip():
    t = Tokenizer(models.BPE(unk_token="<|endoftext|>", end_of_word_suffix="</w>"))
    t.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
    t.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"), "removed", invert=True),
        pre_tokenizers.ByteLevel(add_prefix_space=False)])
    t.decoder = decoders.ByteLevel()
    trained(t, letters(800, ["<|startoftext|>", "<|endoftext|>"], end_of_word_suffix="</w>"))
    return template(t, "<|startoftext|> $A <|endoftext|>", "<|startoftext|>", "<|endoftext|>")


def subwords():
    """Byte-pair encoding with BERT's marks, unknown characters joined or not at all."""
    t = Tokenizer(models.BPE(unk_token="[UNK]", continuing_subword_prefix="##", fuse_unk=False))
    t.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC()])
    t.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Whitespace(), pre_tokenizers.Punctuation("merged_with_next"), pre_tokenizers.Digits()])
    t.decoder = decoders.WordPiece(prefix="##")
    return trained(t, letters(700, ["[UNK]"], continuing_subword_prefix="##"))


def words():
    t = Tokenizer(models.WordLevel(unk_token="<unk>"))
    t.normalizer = normalizers.Sequence([normalizers.Strip(right=False), normalizers.NFD()])
    t.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.CharDelimiterSplit(","), pre_tokenizers.Punctuation("contiguous"), pre_tokenizers.WhitespaceSplit(),
        pre_tokenizers.FixedLength(7)])
    t.decoder = decoders.CTC(pad_token="<pad>")
    trained(t, trainers.WordLevelTrainer(vocab_size=900, special_tokens=["<unk>", "<pad>"], show_progress=False))
    return t


def gpt4o():
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(GPT4O), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    t.decoder = decoders.ByteLevel()
    return small_tokenizers.train(t, 600, ["<|endoftext|>"])


def deepseek():
    """Splits that find nothing but places, and steps after the bytes."""
    t = Tokenizer(models.BPE())
    t.normalizer = normalizers.Sequence([])
    t.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(r"[\r\n]"), "isolated"), pre_tokenizers.Split(Regex(r"\s?\p{L}+"), "isolated"),
        pre_tokenizers.Split(Regex(r"\s?\p{P}+"), "contiguous"), pre_tokenizers.Split(Regex(r"(?=\d{3}(?:\D|$))"), "isolated"),
        pre_tokenizers.Split(Regex(r"[一-龥ࠀ-一가-퟿]+"), "isolated"), pre_tokenizers.Digits(individual_digits=True),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False), pre_tokenizers.Split("Ġ", "merged_with_previous")])
    t.decoder = decoders.ByteLevel()
    return small_tokenizers.train(t, 600, ["<|endoftext|>"])


def bytes_first():
    """Bytes written as letters before anything is cut."""
    t = Tokenizer(models.BPE())
    t.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.ByteLevel()])
    t.pre_tokenizer = pre_tokenizers.Split("Ġ", "merged_with_next")
    t.decoder = decoders.ByteLevel()
    return small_tokenizers.train(t, 600, ["<|endoftext|>"])


ALL = {f.__name__.replace("_", "-"): f for f in (
    llama2, mistral, gemma, t5, albert, bert, bert_cased, clip, subwords, words, gpt4o, deepseek, bytes_first)}
