import Diagnostics
import YAML

/// Places that many kinds of fault need.
extension SoundFile {
  /// A key at the top with a plain or quoted value on its line, which is not the last line and no name.
  var topScalar: Node.Entry? {
    root.entries?.first { entry in
      let key = entry.key.value
      return !["task", "group", "include", "tag", "doc_to_decontamination_query"].contains(key)
        && isOnOneLine(entry)
        && [
          "output_type", "num_fewshot", "test_split", "validation_split", "training_split", "dataset_path",
          "dataset_name",
        ]
        .contains(key)
    }
  }

  /// The second or later key of a mapping at the top, so that it has neighbours.
  var nested: Node.Entry? {
    for key in ["generation_kwargs", "metadata", "dataset_kwargs", "fewshot_config"] {
      guard let entries = root.entry(key)?.value.entries, entries.count > 1, let entry = entries.last else {
        continue
      }
      let place = source.position(of: entry.key.span.start)
      if isOnOneLine(entry), place.column == 3, line(of: entries[0].key.span.start) < place.line {
        return entry
      }
    }
    return nil
  }

  /// A text between quotes that ends its line.
  var quotedScalar: Node.Entry? {
    for key in ["doc_to_text", "doc_to_target", "description"] {
      if let entry = root.entry(key), isOnOneLine(entry), let scalar = entry.value.scalar,
        scalar.style == .doubleQuoted || scalar.style == .singleQuoted, text(hasMoreQuotesBehind: entry)
      {
        return entry
      }
    }
    return nil
  }

  /// A list between brackets on one line.
  var flowList: Node.Entry? {
    for entry in [entry("generation_kwargs", "until"), entry("doc_to_choice")] {
      if let entry, entry.value.items != nil, isOnOneLine(entry), written(entry.value.span).hasPrefix("[") {
        return entry
      }
    }
    return nil
  }

  /// Choices that are written out.
  var choiceList: Node.Entry? {
    guard let entry = entry("doc_to_choice"), let items = entry.value.items, !items.isEmpty,
      outputType == "multiple_choice"
    else { return nil }
    return entry
  }

  func isOnOneLine(_ entry: Node.Entry) -> Bool {
    !entry.value.isNull && line(of: entry.key.span.start) == line(of: max(entry.value.span.end, 1) - 1)
      && entry.value.tag == nil
  }

  /// Whether a quote of the same kind stands behind an entry.
  private func text(hasMoreQuotesBehind entry: Node.Entry) -> Bool {
    let quote: Character = entry.value.scalar?.style == .doubleQuoted ? "\"" : "'"
    return String(text.utf8.dropFirst(Int(entry.value.span.end))).map { $0.contains(quote) } ?? false
  }

  /// Whether the prompt is one template on its line.
  var prompt: Node.Entry? {
    guard let entry = entry("doc_to_text"), isOnOneLine(entry), let text = entry.value.text?.text,
      text.contains("{{"),
      outputType != "loglikelihood_rolling"
    else { return nil }
    return entry
  }
}
