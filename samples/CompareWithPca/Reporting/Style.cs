namespace CompareWithPca.Reporting;

/// <summary>What the page looks like.</summary>
internal static class Style
{
    /// <summary>
    /// Has none of the characters that XML writes otherwise (&lt;, &gt;, &amp;): HTML takes what stands in a style
    /// element as it is. The grounds are those of the pictures, so that these have no edges.
    /// </summary>
    public const string Css = """

        :root { color-scheme: light dark; --paper: #ffffff; --ink: #222222; --soft: #555555; --rule: #e4e4e4; --best: #00527f; --focus: #0072b2; }
        @media (prefers-color-scheme: dark) {
          :root { --paper: #15181d; --ink: #f0f0f0; --soft: #b4b8be; --rule: #2e333b; --best: #8fbcff; --focus: #4e92fc; }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        main { max-width: 80rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
        h1, h2, h3 { line-height: 1.25; letter-spacing: -0.01em; text-wrap: balance; }
        h1 { font-size: 1.75rem; margin: 0 0 1rem; }
        h2 { font-size: 1.375rem; margin: 3rem 0 0.75rem; padding-top: 1.25rem; border-top: 1px solid var(--rule); }
        h3 { font-size: 1.0625rem; margin: 0 0 0.25rem; }
        p, ul, dl { max-width: 46rem; margin: 0 0 1rem; overflow-wrap: break-word; }
        dt { font-weight: 600; margin-top: 1rem; }
        dt small { font-weight: 400; color: var(--soft); }
        dd { margin: 0; font-variant-numeric: tabular-nums; }
        .soft, figcaption { color: var(--soft); font-size: 0.9375rem; }
        .scroll { overflow-x: auto; -webkit-overflow-scrolling: touch; }
        .scroll:focus-visible { outline: 2px solid var(--focus); outline-offset: 4px; }
        table { border-collapse: separate; border-spacing: 0; font-size: 0.9375rem; font-variant-numeric: tabular-nums; }
        caption { text-align: left; color: var(--soft); padding-bottom: 0.5rem; }
        th, td { padding: 0.35rem 0.7rem; border-bottom: 1px solid var(--rule); text-align: right; white-space: nowrap; vertical-align: bottom; }
        thead th { line-height: 1.3; white-space: normal; border-bottom: 2px solid var(--soft); }
        thead small { display: block; font-weight: 400; color: var(--soft); }
        th:first-child { text-align: left; padding-left: 0; position: sticky; left: 0; background: var(--paper); }
        th[scope="row"] { font-weight: 400; }
        th[scope="rowgroup"] { padding-top: 1.25rem; }
        td strong { color: var(--best); font-weight: 700; }
        figure { margin: 0; min-width: 0; }
        img { display: block; width: 100%; height: auto; }
        .grid { display: grid; gap: 2rem 1.5rem; grid-template-columns: minmax(0, 1fr); margin-top: 1.5rem; }
        .wide img { min-width: 36rem; }
        @media (min-width: 46rem) {
          main { padding-top: 3rem; }
          h1 { font-size: 2.5rem; }
          .grid { grid-template-columns: repeat(2, minmax(0, 1fr)); }
          .wide { grid-template-columns: minmax(0, 1fr); }
        }
        @media (min-width: 72rem) {
          .small { grid-template-columns: repeat(3, minmax(0, 1fr)); }
          .wide { grid-template-columns: repeat(2, minmax(0, 1fr)); }
          .wide img { min-width: 0; }
        }
        @media print { .scroll { overflow: visible; } figure, tr { break-inside: avoid; } }

        """;
}
