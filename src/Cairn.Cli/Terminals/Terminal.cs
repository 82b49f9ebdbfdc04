using Spectre.Console;

namespace Cairn.Cli.Terminals;

/// <summary>
/// The streams of one invocation: data goes to stdout, talk and progress to stderr. Colour follows NO_COLOR and
/// CLICOLOR_FORCE; progress is drawn only when stderr is a terminal.
/// </summary>
internal sealed class Terminal
{
    private Terminal(
        Stream bytes, TextWriter error, bool outputIsTerminal, bool errorIsTerminal, ColorChoice color,
        TextWriter? output = null)
    {
        Bytes = bytes;
        output ??= new StreamWriter(bytes) { AutoFlush = true };
        Out = output;
        Error = error;
        IsInteractive = errorIsTerminal;
        Data = Console(output, outputIsTerminal, color);
        Talk = Console(error, errorIsTerminal, color);
        ColorOnError = color == ColorChoice.Always || (color == ColorChoice.Auto && errorIsTerminal);
    }

    private enum ColorChoice
    {
        Auto,
        Always,
        Never,
    }

    /// <summary>stdout.</summary>
    public TextWriter Out { get; }

    /// <summary>stdout for the bytes of an object; what was written to <see cref="Out"/> comes before.</summary>
    public Stream Bytes { get; }

    /// <summary>stderr.</summary>
    public TextWriter Error { get; }

    /// <summary>stdin.</summary>
    public Stream In { get; private init; } = Stream.Null;

    /// <summary>stdout with markup and tables.</summary>
    public IAnsiConsole Data { get; }

    /// <summary>stderr with markup and live progress.</summary>
    public IAnsiConsole Talk { get; }

    /// <summary>Whether stderr is a terminal: live progress may be drawn.</summary>
    public bool IsInteractive { get; }

    /// <summary>Whether messages on stderr carry colour.</summary>
    public bool ColorOnError { get; }

    /// <summary>The process's own streams.</summary>
    public static Terminal OfProcess(Func<string, string?> environment) => new(
        System.Console.OpenStandardOutput(),
        new StreamWriter(System.Console.OpenStandardError()) { AutoFlush = true },
        !System.Console.IsOutputRedirected,
        !System.Console.IsErrorRedirected && environment("TERM") != "dumb",
        Choice(environment))
    {
        In = System.Console.OpenStandardInput(),
    };

    /// <summary>Streams of a test; no terminal.</summary>
    public static Terminal Of(TextWriter output, TextWriter error) =>
        new(Stream.Null, error, false, false, ColorChoice.Auto, output);

    /// <summary>Streams of a test that looks at bytes; no terminal.</summary>
    public static Terminal Of(Stream output, TextWriter error, Stream input) =>
        new(output, error, false, false, ColorChoice.Auto) { In = input };

    private static ColorChoice Choice(Func<string, string?> environment)
    {
        if (!string.IsNullOrEmpty(environment("NO_COLOR")))
            return ColorChoice.Never;
        return environment("CLICOLOR_FORCE") is null or "" or "0" ? ColorChoice.Auto : ColorChoice.Always;
    }

    private static IAnsiConsole Console(TextWriter writer, bool isTerminal, ColorChoice color)
    {
        var colored = color == ColorChoice.Always || (color == ColorChoice.Auto && isTerminal);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal || colored ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colored ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        // Redirected output has no width: nothing may be cut or wrapped there.
        if (!isTerminal)
            console.Profile.Width = 10_000;
        return console;
    }
}
