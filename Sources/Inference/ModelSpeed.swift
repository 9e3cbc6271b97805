import Tensors

/// How fast a model computes on this machine, measured.
struct ModelSpeed {
  let decoder: Decoder
  /// How long a text may be.
  let maxLength: Int

  /// Tokens of the text that is read, and that are written after its first; fewer where the model takes no more.
  var read: Int { min(512, maxLength) }
  var written: Int { min(64, maxLength - 1) }

  /// Tokens a second of one text that is read, of which the scores after its last token are asked.
  func reading(seconds: Double) -> Double {
    var cache = KeyValueCache(places: read, decoder.shape)
    var run = Run(rows: read, decoder.shape)
    var batch = Batch()
    batch.add(tokens(read)[...], position: 0, of: read, before: [], place: 0)
    return best(of: read, seconds) {
      decoder.forward(batch, rows: [read - 1], &cache, &run)
      _ = decoder.head.score(run.h, [])
    }
  }

  /// Tokens a second of one text that is written, always taking the likeliest.
  func writing(seconds: Double) -> Double {
    var cache = KeyValueCache(places: written + 1, decoder.shape)
    var run = Run(rows: 1, decoder.shape)
    let first = tokens(1)[0]
    return best(of: written, seconds) {
      var token = first
      for position in 0..<written {
        var batch = Batch()
        batch.add(
          [token], position: position, of: position + 1, before: [0..<position], place: position,
          isWritten: true)
        decoder.forward(batch, &cache, &run)
        token = decoder.head.score(run.h, []).rows.first?.best ?? token
      }
    }
  }

  /// Tokens of all over the vocabulary.
  private func tokens(_ count: Int) -> [Int32] {
    (0..<count).map { Int32(($0 &* 7919 &+ 1) % decoder.shape.vocabulary) }
  }

  /// So many tokens over the shortest time that they took, after a round that finds memory and wakes threads.
  private func best(of tokens: Int, _ seconds: Double, _ body: () -> Void) -> Double {
    body()
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    var best: Duration?
    repeat {
      let time = clock.measure(body)
      best = min(best ?? time, time)
    } while clock.now < end && !Task.isCancelled
    return Double(tokens) / ((best ?? .zero) / .seconds(1))
  }
}

extension LocalModel {
  /// How fast the model is on this machine, in lines of a name and a sentence.
  public func measured(seconds: Double) -> [Machine.Line] {
    let speed = ModelSpeed(decoder: decoder, maxLength: maxLength)
    let rates = [
      ("reading", speed.reading(seconds: seconds / 2), "tokens a second of a text of \(speed.read)"),
      ("writing", speed.writing(seconds: seconds / 2), "tokens a second of one text of \(speed.written)"),
    ]
    return rates.map { name, rate, text in
      let digits = rate < 100 ? "\((rate * 10).rounded() / 10)" : "\(Int(rate.rounded()))"
      return Machine.Line(name: name, text: "\(digits) \(text)")
    }
  }
}
