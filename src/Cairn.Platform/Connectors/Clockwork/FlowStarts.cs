using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Executions;
using Cairn.Platform.Connectors.Runs;
using Cairn.Platform.Projects;

namespace Cairn.Platform.Connectors.Clockwork;

/// <summary>Starts executions of flows that nobody waits for (spec/workflows.md 8.7).</summary>
internal sealed class FlowStarts(RunDesk desk, FlowShelf shelf, Project project)
{
    /// <summary>Starts one; 200, or the status that says why not.</summary>
    public async Task<int> Start(string workflow, byte[] body, string key, CancellationToken cancel)
    {
        try
        {
            var argument = FlowValue.Null;
            if (body.Length > 0 && PublicJson.Decode(body) is { Kind: FlowKind.Map } map
                && map.AsMap().Get("argument") is { Kind: FlowKind.String } text)
                argument = PublicJson.Decode(System.Text.Encoding.UTF8.GetBytes(text.AsText()));
            var launch = shelf.Launch(workflow.Split('/')[^1], workflow, lenient: false);
            await desk.Start(
                launch.NewRun(RunDesk.UidOf(key), project, argument.IsNull ? default : FlowJson.Encode(argument)),
                    cancel);
            return 200;
        }
        catch (CallFault fault)
        {
            return (int)fault.Error.AsMap().Get("code").AsInteger();
        }
        catch (FlowError)
        {
            return 400;
        }
    }
}
