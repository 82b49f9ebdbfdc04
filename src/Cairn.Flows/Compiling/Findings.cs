using Cairn.Flows.Sources;

namespace Cairn.Flows.Compiling;

/// <summary>Collects all errors and warnings of one flow at the places of its source.</summary>
internal sealed class Findings(SourceText source, string file, FlowOptions options)
{
    private const int MostErrors = 200;
    private readonly List<(FlowProblem Problem, int Offset)> _errors = [];
    private readonly List<(FlowWarning Warning, int Offset)> _warnings = [];

    /// <summary>All errors, in the order of the file.</summary>
    public IReadOnlyList<FlowProblem> Errors =>
        [.. _errors.OrderBy(error => error.Offset).Select(error => error.Problem).Distinct().Take(MostErrors)];

    /// <summary>All warnings, in the order of the file.</summary>
    public IReadOnlyList<FlowWarning> Warnings =>
        [.. _warnings.OrderBy(warning => warning.Offset).Select(warning => warning.Warning).Distinct()];

    /// <summary>Whether anything makes the flow unusable.</summary>
    public bool Failed => _errors.Count > 0;

    /// <summary>Whether T01 to T30 hold.</summary>
    public bool IsLenient => options.Lenient;

    /// <summary>The same flow, looked at for a second opinion that nobody hears.</summary>
    public Findings Unheard() => new(source, file, options with { Lenient = true });

    /// <summary>Something wrong.</summary>
    public void Error(SourceSpan at, string message, string? hint = null)
    {
        var place = source.PlaceOf(at);
        _errors.Add((new FlowProblem(message, file, place.Line, place.Column, hint), at.Offset));
    }

    /// <summary>Something odd.</summary>
    public void Warn(string code, SourceSpan at, string message, string? hint = null)
    {
        var place = source.PlaceOf(at);
        _warnings.Add((new FlowWarning(code, message, file, place.Line, place.Column, hint), at.Offset));
    }

    /// <summary>A ceiling of the original that only `--strict` enforces.</summary>
    public void Limit(string code, SourceSpan at, string message, string hint)
    {
        if (options.Strict)
            Error(at, message, hint);
        else
            Warn(code, at, message, hint);
    }

    /// <summary>A construct of section 9: a warning under leniency, else an error that names the flag.</summary>
    /// <param name="rule">`T01` to `T30`.</param>
    /// <param name="at">Where.</param>
    /// <param name="message">What stands there.</param>
    /// <param name="validForm">What to write instead.</param>
    public void Tolerate(string rule, SourceSpan at, string message, string validForm)
    {
        if (options.Lenient)
            Warn(rule, at, message, validForm);
        else
            Error(at, message, $"{validForm}, or run with --lenient ({rule})");
    }
}
