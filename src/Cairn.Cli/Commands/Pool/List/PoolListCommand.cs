using System.CommandLine;
using Cairn.Cli.Composition;
using Cairn.Cli.Flags;
using Cairn.Cli.Terminals;
using Cairn.Platform.Executors.Local.Pools;
using Spectre.Console;

namespace Cairn.Cli.Commands.Pool.List;

/// <summary>`cairn pool list`: the named capacities of this machine.</summary>
internal static class PoolListCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(string? Home, OutputFormat Format);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var command = new Command("list", "Lists pools with what they have");
        command.SetAction(parsed =>
            Run(frame, new Options(parsed.GetValue(GlobalFlags.Home), GlobalFlags.FormatOf(parsed))));
        return command;
    }

    internal static int Run(Frame frame, Options options)
    {
        var project = Site.Find(frame, options.Home).Project;
        var machine = MachineCapacity.Find();
        IReadOnlyList<PoolDocument> pools = [.. project.Pools.Select(pool => new PoolDocument(
            pool.Name, pool.IsDefault, "local", pool.Cpus ?? machine.Cpus, pool.MemoryBytes ?? machine.MemoryBytes,
            Math.Min(pool.Gpus ?? machine.Gpus.Count, machine.Gpus.Count), pool.Network, pool.MaxRetryPerTask))];
        new Output(frame.Terminal, options.Format).Write(
            pools, PoolJson.Default.IReadOnlyListPoolDocument, console => Table(console, pools),
            () => pools.Select(pool => pool.Name));
        return ExitCode.Done;
    }

    private static void Table(IAnsiConsole console, IReadOnlyList<PoolDocument> pools)
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var column in (string[])["POOL", "DEFAULT", "CPUS", "MEMORY", "GPUS", "NETWORK", "RETRIES"])
            table.AddColumn(new TableColumn(new Text(column)) { NoWrap = true });
        foreach (var pool in pools)
            table.AddRow(
                new Text(pool.Name), new Text(pool.Default ? "yes" : ""), new Text(pool.Cpus.ToString()),
                new Text($"{pool.MemoryBytes >> 20} MiB"), new Text(pool.Gpus.ToString()), new Text(pool.Network),
                new Text(pool.MaxRetryPerTask.ToString()));
        console.Write(table);
    }
}
