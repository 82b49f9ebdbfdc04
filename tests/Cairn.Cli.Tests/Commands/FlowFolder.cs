using Cairn.Cli.Terminals;

namespace Cairn.Cli.Tests.Commands;

/// <summary>A folder of flows, and command lines that are run in it.</summary>
internal sealed class FlowFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cairn-flows-");

    public string Out { get; private set; } = "";

    public string Error { get; private set; } = "";

    public FlowFolder With(string file, string text)
    {
        var path = PathOf(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    /// <summary>Runs a command line; returns its exit code.</summary>
    public async Task<int> Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var frame = new Frame(Terminal.Of(output, error), TimeProvider.System, static _ => null, _folder.FullName);
        var code = await CommandLine.RunAsync(frame, arguments);
        (Out, Error) = (output.ToString(), error.ToString());
        return code;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
