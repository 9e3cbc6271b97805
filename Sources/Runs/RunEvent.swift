public import Exchange

/// What happens during a run, for whoever shows it.
public enum RunEvent: Sendable {
  /// The requests are about to be sent, but for those that are known from before.
  case asking(count: Int, known: Int)
  /// One more is answered, or has failed.
  case answered(done: Int, of: Int)
  /// The model has come further, within requests too; said often by backends that know it.
  case advanced(Workload)
  /// The backend has something to say; each kind comes with how often it was said.
  case remark(Remark, count: Int)
  /// A task is being scored.
  case scoring(task: String)
}
