using System.Text;
using System.Text.Json;
using Cairn.Cli.Terminals;

namespace Cairn.Cli.Tests.Commands;

/// <summary>A folder in which a test runs commands, in this process; removed with it.</summary>
internal sealed class Desk : IDisposable
{
    private string _output = "";

    public string Folder { get; } = Directory.CreateTempSubdirectory("cairn-desk-").FullName;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public string Output => _output;

    public string Talk { get; private set; } = "";

    public JsonElement Document => JsonDocument.Parse(_output).RootElement;

    public string At(string relative) => Path.Combine(Folder, relative);

    public string Write(string relative, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(relative))!);
        File.WriteAllText(At(relative), text);
        return At(relative);
    }

    public Task<int> Run(params string[] arguments) => RunWith("", arguments);

    public async Task<int> RunWith(string stdin, params string[] arguments)
    {
        using var output = new MemoryStream();
        using var talk = new StringWriter();
        var terminal = Terminal.Of(output, talk, new MemoryStream(Encoding.UTF8.GetBytes(stdin)));
        var frame = new Frame(terminal, Clock, _ => null, Folder);
        var code = await CommandLine.RunAsync(frame, arguments);
        _output = Encoding.UTF8.GetString(output.ToArray());
        Talk = talk.ToString();
        return code;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
