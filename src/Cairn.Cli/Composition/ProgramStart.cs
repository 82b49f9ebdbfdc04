using System.Text;
using System.Text.Json;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;
using Cairn.Engine.Hosting;
using Cairn.Engine.Runs;
using Cairn.Flows.Compiling;
using Cairn.Graphs.Rendering;
using Cairn.Platform.Projects;
using Cairn.Platform.Triggers.Following;

namespace Cairn.Cli.Composition;

/// <summary>Makes runs of the project's programs by name: what triggers start.</summary>
internal sealed class ProgramStart(Frame frame, Workshop workshop)
{
    /// <summary>Submits the run of an order; the same order again is the same run.</summary>
    public async Task<StartOutcome> SubmitAsync(StartOrder order, CancellationToken cancel)
    {
        var program = ProjectPrograms.Of(workshop.Site.Project).FirstOrDefault(known => known.Name == order.Program);
        if (program is null)
            return new StartOutcome.Refused($"there is no program {order.Program} in this project any more");
        try
        {
            var wanted = program.IsGraph ? await Graph(program, order, cancel) : Flow(program, order);
            var run = await workshop.Engine.SubmitAsync(wanted with { Uid = order.Uid });
            return new StartOutcome.Started(run.Id);
        }
        catch (EngineBusyException busy) when (busy.IsWorthAnotherTry)
        {
            return new StartOutcome.Later(busy.Message.TrimEnd('.'));
        }
        catch (CommandFailure failure)
        {
            return failure.Code == ExitCode.TryAgain
                ? new StartOutcome.Later(Words(failure))
                : new StartOutcome.Refused(Words(failure));
        }
        catch (Exception outside) when (Outside.Explain(outside) is { Code: ExitCode.TryAgain } full)
        {
            return new StartOutcome.Later(Words(full));
        }
    }

    private NewRun Flow(ProjectProgram program, StartOrder order)
    {
        var project = workshop.Site.Project;
        var source = new FlowSource(program.File, SourceFile.Read(frame, program.File));
        var switches = FlowFile.OptionsOf(project, lenient: false, strict: false);
        FlowFile.CompileValid(frame, source, switches);
        return new FlowSubmission(source, switches)
        {
            Arguments = Encoding.UTF8.GetString((order.Arguments ?? order.Event).Span),
            Labels = order.Labels,
        }.NewRun(project);
    }

    private async Task<NewRun> Graph(ProjectProgram program, StartOrder order, CancellationToken cancel)
    {
        var graph = GraphFile.CompileValid(frame, program.File, Values(order.Arguments));
        var submission = new GraphSubmission(
            graph.Spec!, LocalSettings.PoolNamed(workshop.Site.Project, graph.Spec!.Pool))
        {
            Labels = order.Labels,
        };
        submission.RequireCapacity(workshop);
        return await submission.NewRunAsync(workshop, frame.Terminal.Error.WriteLine, cancel);
    }

    private static string Words(CommandFailure failure) => string.Join("; ", failure.Problems.Select(problem =>
        problem.File is null ? problem.Message : $"{problem.File}:{problem.Line}: {problem.Message}"));

    // Texts stay texts, whatever they look like: `scene_id: "007"` is no number.
    private static GraphValues Values(ReadOnlyMemory<byte>? arguments)
    {
        if (arguments is not { } json)
            return GraphValues.None;
        using var document = JsonDocument.Parse(json);
        var members = document.RootElement.EnumerateObject()
            .ToLookup(member => member.Value.ValueKind == JsonValueKind.String);
        return new GraphValues
        {
            SetString = [.. members[true].Select(member => $"{member.Name}={member.Value.GetString()}")],
            Set = [.. members[false].Select(member => $"{member.Name}={member.Value.GetRawText()}")],
        };
    }
}
