public import Schema

/// What documentation says of the keys of `dataset_kwargs`.
public enum DatasetPages {
  /// The keys that say where files are and how they are read; other keys are for data that is made by code.
  public static let arguments: [KeyPage] =
    [
      KeyPage(
        "data_files", shape: "path, list, or mapping of splits", fallback: "none",
        form: .either([
          .text, .list(.text),
          .mapping(
            ["train", "validation", "test"].map {
              KeyPage(
                $0, shape: "path, or a list of paths", fallback: "none", form: Form.text.oneOrMore,
                "the files of this split")
            }, others: .anything), .anything,
        ]), "the files with the rows, relative to this file"),
      KeyPage(
        "data_dir", shape: "text", fallback: "none", form: .either([.text, .anything]),
        "the folder that holds the files"),
    ] + KeyPage.all(in: ReaderOptions.schema).map { $0.with(.either([$0.form, .anything])) }
}
