using System.CommandLine;
using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Flags;
using Cairn.Cli.Terminals;
using Cairn.Cli.Video;
using Spectre.Console;

namespace Cairn.Cli.Commands.Vda.Plan;

/// <summary>`cairn vda plan [INPUT]`: what a run would do, without doing it.</summary>
internal static class PlanCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(VideoRequest Request, string? Home, OutputFormat Format);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var flags = new VideoFlags();
        var command = new Command("plan", "Says what a run would do: flow, addresses, groups and workers");
        flags.AddTo(command);
        command.SetAction(parsed => Run(
            frame, new Options(flags.Read(parsed), parsed.GetValue(GlobalFlags.Home), GlobalFlags.FormatOf(parsed))));
        return command;
    }

    internal static int Run(Frame frame, Options options)
    {
        var planner = new VideoPlanner(Site.Find(frame, options.Home));
        var storage = VideoPlanner.Storage(options.Request);
        planner.Require(options.Request);
        var plan = planner.Plan(options.Request, storage, Videos(frame, options.Request, storage));
        var graph = GraphFile.CompileValid(frame, plan.GraphFile, plan.Values());
        var document = new PlanDocument(
            plan.Flow.Id, plan.Root, plan.Dataset, plan.RunId, plan.Videos, plan.Augmentations, plan.WorkersAtOnce,
            plan.DatasetUrl, plan.RunUrl,
            [.. graph.Spec!.Groups.Select(group => new GroupDocument(
                group.Name, [.. group.Tasks.Select(task => task.Name)]))],
            plan.ExpectedOutputs);
        new Output(frame.Terminal, options.Format).Write(
            document, PlanJson.Default.PlanDocument, console => Lines(console, document),
            () => document.Groups.SelectMany(group => group.Tasks));
        return ExitCode.Done;
    }

    /// <summary>
    /// Names of the videos, from the local file system alone: nothing is read from a store for a plan.
    /// </summary>
    private static IReadOnlyList<string> Videos(Frame frame, VideoRequest request, StorageRoot storage)
    {
        if (storage.Video is { } named)
            return [named];
        if (request.Input is not { } input || StorageRoot.IsAddress(input))
            throw new CommandFailure(
                ExitCode.Usage, "a plan needs to know the videos",
                "name a local file or folder, or one .mp4 in a store");
        return VideoIntake.Names(frame, input);
    }

    private static void Lines(IAnsiConsole console, PlanDocument plan)
    {
        console.Write(new Text($"{plan.Flow}: {plan.Dataset} under {plan.StorageUrl}, run {plan.RunId}\n"));
        foreach (var group in plan.Groups)
            console.Write(new Text($"  {group.Name}: {string.Join(", ", group.Tasks)}\n"));
        console.Write(new Text($"inputs   {plan.DatasetUrl}\noutputs  {plan.RunUrl}\n"));
        foreach (var output in plan.Outputs)
            console.Write(new Text($"  {output}\n"));
    }
}
