import Diagnostics
import Patterns
import Schema

extension Shape where Value == Pattern {
  /// A regular expression, compiled when the task is, so that a mistake in it shows where it stands.
  static var pattern: Self {
    Shape<EmbeddedText>.text.map("regular expression") { text, _, findings in Pattern(text, &findings) }
  }
}
