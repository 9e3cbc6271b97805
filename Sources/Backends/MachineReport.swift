import Inference

/// What a checkpoint is computed with on this machine, in lines of a name and a sentence.
public enum MachineReport {
  public static func chosen() -> [(name: String, text: String)] {
    Machine.chosen().map { ($0.name, $0.text) }
  }

  /// Computes for some seconds, and says how fast that was.
  public static func measured(seconds: Double) -> [(name: String, text: String)] {
    Machine.measured(seconds: seconds).map { ($0.name, $0.text) }
  }
}
