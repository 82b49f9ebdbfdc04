using Cairn.Engine.Effects;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Processes;

namespace Cairn.Platform.Tests.Executors;

public sealed class GroupTests : IDisposable
{
    private const string Server =
        """
        import socket
        s = socket.create_server(("0.0.0.0", 7321))
        for _ in range(2):
            c, _ = s.accept()
            c.sendall(b"hello from the lead")
            c.close()
        """;

    private const string Client =
        """
        import socket, time
        for _ in range(500):
            try:
                c = socket.create_connection(("{{host:My_lead}}", 7321))
                break
            except OSError:
                time.sleep(0.02)
        print(c.recv(100).decode())
        """;

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [GroupNetworkFact]
    public async Task Three_members_wait_at_the_barrier_and_talk_on_a_port_that_another_group_uses_too()
    {
        var one = _bench.StartGang(Gang("g1"));
        var two = _bench.StartGang(Gang("g2"));
        EffectOrder[] all = [.. one, .. two];
        foreach (var order in all)
            await _bench.Log.Reached(order.Key, TaskPhase.Ready);
        Assert.All(all, order => Assert.DoesNotContain(TaskPhase.Running, _bench.Log.Phases(order.Key)));

        foreach (var order in all)
            _bench.Tell(order, TaskVerb.Go, 1);
        foreach (var order in all)
            Assert.Equal(0, (await _bench.Log.Result(order.Key)).ExitCode);

        Assert.Equal("hello from the lead\n", _bench.OutputOf(one[1]));
        Assert.Equal("hello from the lead\n", _bench.OutputOf(two[2]));
    }

    [GroupNetworkFact]
    public async Task The_network_of_a_group_survives_the_engine_and_goes_with_its_last_task()
    {
        var gang = _bench.StartGang(Gang("g1"));
        foreach (var order in gang)
            await _bench.Log.Reached(order.Key, TaskPhase.Ready);
        _bench.Tell(gang[0], TaskVerb.Go, 1);
        await _bench.Log.Reached(gang[0].Key, TaskPhase.Running);

        _bench.Crash();
        foreach (var order in gang)
            _bench.Recover(order, new TaskMessage(TaskVerb.Go, 1));
        foreach (var order in gang)
            Assert.Equal(0, (await _bench.Log.Result(order.Key)).ExitCode);
        await _bench.Leave();

        Assert.Equal("hello from the lead\n", _bench.OutputOf(gang[2]));
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(_bench.Settings.Home, "networks")));
    }

    [GroupNetworkFact]
    public async Task Without_root_members_talk_in_a_user_namespace_that_survives_the_engine_and_goes_with_them()
    {
        _bench.Settings = _bench.Settings with { IsRoot = false };
        var gang = _bench.StartGang(Gang("g1"));
        foreach (var order in gang)
            await _bench.Log.Reached(order.Key, TaskPhase.Ready);
        var network = Path.GetFileName(Assert.Single(
            Directory.EnumerateDirectories(Path.Combine(_bench.Settings.Home, "networks"))));
        _bench.Tell(gang[0], TaskVerb.Go, 1);
        await _bench.Log.Reached(gang[0].Key, TaskPhase.Running);

        _bench.Crash();
        foreach (var order in gang)
            _bench.Recover(order, new TaskMessage(TaskVerb.Go, 1));
        foreach (var order in gang)
            Assert.Equal(0, (await _bench.Log.Result(order.Key)).ExitCode);
        await _bench.Leave();

        Assert.Equal("hello from the lead\n", _bench.OutputOf(gang[1]));
        Assert.Equal("hello from the lead\n", _bench.OutputOf(gang[2]));
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(_bench.Settings.Home, "networks")));
        Assert.DoesNotContain(
            ProcessIdentity.All().SelectMany(ProcessIdentity.EnvironmentOf),
            variable => variable.StartsWith("CAIRN_NETWORK=") && variable.EndsWith(network));
    }

    private TaskOrder[] Gang(string group)
    {
        string[] members = ["My_lead", "first", "second"];
        return
        [
            .. members.Select((name, i) => _bench.Command("/usr/bin/python3", "-c", i == 0 ? Server : Client) with
            {
                Group = group, Task = name, Members = members, Lead = i == 0, Barrier = true,
            }),
        ];
    }
}
