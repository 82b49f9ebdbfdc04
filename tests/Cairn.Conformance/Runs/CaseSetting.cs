using Cairn.Conformance.Tables;
using Cairn.Conformance.Worlds;
using Cairn.Engine.Programs;
using Cairn.Flows.Compiling;
using Cairn.Flows.Program;

namespace Cairn.Conformance.Runs;

/// <summary>What a row needs around it: the server that its http calls reach, and the flow with its address.</summary>
internal sealed class CaseSetting : IDisposable
{
    private readonly FlowCase _row;
    private readonly WebServer? _server;
    private readonly RealCalls? _calls;

    public CaseSetting(FlowCase row)
    {
        _row = row;
        var text = row.Source;
        // Calls that reach no server have their performers all the same.
        if (text.Contains("http.", StringComparison.Ordinal))
        {
            _server = new WebServer(row.Replies);
            _calls = new RealCalls();
            text = text.Replace("SERVER", _server.Address, StringComparison.Ordinal);
        }

        Source = new FlowSource("case.yaml", text);
        Options = new FlowOptions { Lenient = row.Lenient, Strict = row.Strict };
    }

    public FlowSource Source { get; }

    public FlowOptions Options { get; }

    public void Dispose()
    {
        _calls?.Dispose();
        _server?.Dispose();
    }

    /// <summary>Runs the flow to its end.</summary>
    public CaseRecord Run()
    {
        var definition = new FlowDefinition
        {
            File = Source.File,
            Source = Source.Text,
            Options = Options,
            Environment = _row.Environment,
        };
        var callbacks = new CallbackEndpoints();
        using var world = new FlowWorld(new FlowFamily(), [callbacks, .. _calls?.Http ?? []])
        {
            Hanging = () => _server?.Hanging ?? 0,
        };
        _server?.Hung = world.Wake;
        if (_row.Callback is { } callback)
            world.Arrival = (TimeSpan.FromSeconds(callback.After), () => callbacks.Request(callback));
        var head = world.Run(FlowFamily.Word, definition.Pin(), _row.Arguments);
        return new CaseRecord(
            head.Result, [.. world.Commands.OfType<Command.Noted>()], world.Clock.Elapsed, _server?.Requests ?? 0);
    }
}
