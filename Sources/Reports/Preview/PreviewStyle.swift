/// How the page of previews looks, by day and by night.
enum PreviewStyle {
  static let css = """
    :root {
      color-scheme: light dark;
      --ground: #fff; --raised: #f6f7f9; --line: #d8dce2; --ink: #1d2026; --faint: #69707d;
      --system: #f1e3f8; --description: #d9f0f2; --shotquestion: #e2e9fb; --shotanswer: #e0f3e0;
      --question: #fff3c4; --prefix: #fbe3cf; --choice: #d5f0dd; --right: #14783a; --wrong: #b42318;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ground: #16181d; --raised: #1f2229; --line: #363b45; --ink: #e4e6eb; --faint: #98a0ae;
        --system: #45304f; --description: #1f444a; --shotquestion: #2b3760; --shotanswer: #234527;
        --question: #544717; --prefix: #573b22; --choice: #1f4d30; --right: #5fd08a; --wrong: #ff8f85;
      }
    }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
    header { position: sticky; top: 0; z-index: 1; padding: .6rem 1rem; background: var(--raised);
      border-bottom: 1px solid var(--line); }
    h1 { display: inline; margin: 0 1rem 0 0; font-size: 1.1rem; overflow-wrap: anywhere; }
    h2 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
    h3 { font-size: .85rem; margin: 0 0 .4rem; color: var(--faint); font-weight: 600; }
    small, #found { color: var(--faint); font-weight: 400; font-size: .8rem; }
    .tools { display: inline-flex; flex-wrap: wrap; gap: .8rem; align-items: center; }
    .tools label { font-size: .85rem; white-space: nowrap; }
    input[type=search] { font: inherit; padding: .15rem .5rem; width: 16rem; max-width: 60vw;
      background: var(--ground); color: inherit; border: 1px solid var(--line); border-radius: .3rem; }
    .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .4rem; margin: .4rem 0 0; padding: 0; }
    .legend li { padding: 0 .5rem; border-radius: .3rem; font-size: .8rem; }
    nav { margin-top: .4rem; font-size: .85rem; max-height: 5.5rem; overflow: auto; }
    nav a { margin-right: .8rem; color: inherit; }
    main { max-width: 72rem; margin: 0 auto; padding: 0 1rem 4rem; }
    section { scroll-margin-top: 8rem; }
    article { border: 1px solid var(--line); border-radius: .4rem; padding: .7rem .9rem; margin: 0 0 1rem;
      content-visibility: auto; contain-intrinsic-size: auto 24rem; }
    article[hidden] { display: none; }
    .t, .prompt, code { font: 13px/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
      white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; }
    .prompt { background: var(--raised); border-radius: .3rem; padding: .5rem .7rem; margin-bottom: .5rem; }
    .end { border-left: 2px solid var(--wrong); }
    .system { background: var(--system); } .description { background: var(--description); }
    .shotquestion { background: var(--shotquestion); } .shotanswer { background: var(--shotanswer); }
    .question { background: var(--question); } .prefix { background: var(--prefix); }
    .choice { background: var(--choice); }
    .t { border-radius: 2px; }
    details.shot { border-left: 3px solid var(--line); padding-left: .5rem; margin: .15rem 0; }
    summary { cursor: pointer; color: var(--faint); font: .8rem/1.6 system-ui, sans-serif; }
    summary em { color: var(--wrong); }
    .choices { list-style: none; margin: 0 0 .5rem; padding: 0; }
    .choices li { padding: .05rem 0 .05rem 1.4rem; position: relative; }
    .choices li::before { content: "»"; position: absolute; left: .3rem; color: var(--faint); }
    .choices li.right::before { content: "✓"; color: var(--right); font-weight: 700; }
    .remark { font-size: .85rem; margin: .15rem 0; overflow-wrap: anywhere; }
    .remark b { color: var(--faint); font-weight: 600; margin-right: .3rem; }
    .warning, .warning b, td.wrong { color: var(--wrong); }
    td.right { color: var(--right); font-weight: 600; }
    .message { margin: .3rem 0; } .message b { color: var(--faint); }
    .answer { border-top: 1px solid var(--line); margin-top: .5rem; padding-top: .4rem; }
    table { border-collapse: collapse; margin: .3rem 0 .5rem 1rem; font-size: .85rem; }
    caption { text-align: left; font-weight: 600; }
    td, th { text-align: left; vertical-align: top; padding: .1rem .8rem .1rem 0; font-weight: 400; }
    .sides { width: 100%; margin: .3rem 0; table-layout: fixed; } .sides td, .sides th { width: 50%; }
    .sides th { color: var(--faint); } td.old { background: var(--prefix); } td.new { background: var(--choice); }
    .sides .t:empty::before { content: "\\200b"; }
    mark { color: inherit; background: #ffb02088; }
    ::highlight(found) { background: #ffb020; color: #000; }
    @media print { header { position: static; } article { break-inside: avoid; content-visibility: visible; } }
    """
}
