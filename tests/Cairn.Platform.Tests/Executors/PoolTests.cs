using Cairn.Engine.Effects;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Pools;
using Cairn.Platform.Projects;

namespace Cairn.Platform.Tests.Executors;

public sealed class PoolTests
{
    private const long Gi = 1L << 30;

    private readonly PoolLedger _pool = new(
        new ProjectPool { Name = "local", Cpus = 4, MemoryBytes = 8 * Gi }, new MachineCapacity(64, 64 * Gi, [0, 1]));

    private long _sequence;

    [Fact]
    public void A_gang_is_admitted_whole_or_not_at_all()
    {
        Admit(3);

        var refused = Assert.IsType<Admission.Full>(Ask(1, 1));
        Assert.Equal("pool local: 3 of 4 CPUs in use, 2 asked", refused.Reason);
        Assert.Equal(3, _pool.Used().Cpus);
    }

    [Fact]
    public void What_is_larger_than_the_pool_can_never_run_and_says_so()
    {
        Assert.Equal(
            "pool local: 5 CPUs asked at once, it has 4",
            _pool.Misfit([new TaskResources { Cpu = 2 }, new TaskResources { Cpu = 3 }]));
        Assert.Equal("pool local: 3 GPUs asked at once, it has 2", _pool.Misfit([new TaskResources { Gpu = 3 }]));
        Assert.Null(_pool.Misfit([new TaskResources { Cpu = 4 }]));
    }

    [Fact]
    public void Devices_are_given_to_one_task_only_and_come_back()
    {
        var first = Admit(1, gpu: 1);
        var second = Admit(1, gpu: 1);

        Assert.Equal([0], _pool.GpusOf(first));
        Assert.Equal([1], _pool.GpusOf(second));
        Assert.IsType<Admission.Full>(_pool.Admit([(Key(), new TaskResources { Cpu = 1, Gpu = 1 })]));
        Assert.True(_pool.Release(first));
        Assert.Equal([0], _pool.GpusOf(Admit(1, gpu: 1)));
    }

    [Fact]
    public void Small_gangs_pass_a_large_one_that_waits_but_not_for_ever()
    {
        Admit(2);
        var large = Key();
        bool Offer() => _pool.Admit([(large, new TaskResources { Cpu = 4, MemoryBytes = 0 })]) is Admission.Admitted;
        var passed = 0;

        while (passed < 1000)
        {
            Assert.False(Offer());
            var small = Key();
            if (_pool.Admit([(small, new TaskResources { Cpu = 1, MemoryBytes = 0 })]) is Admission.Full)
                break;
            passed++;
            _pool.Release(small);
        }

        Assert.InRange(passed, 1, 100);
    }

    [Fact]
    public void A_task_that_was_found_running_keeps_its_share_even_when_that_is_too_much()
    {
        Admit(4);

        _pool.Retake(Key(), new TaskResources { Cpu = 2 }, []);

        Assert.Equal(6, _pool.Used().Cpus);
        Assert.IsType<Admission.Full>(Ask(1));
    }

    private EffectKey Key() => new(new Cairn.Engine.Runs.RunUid(7), 0, ++_sequence);

    private EffectKey Admit(int cpus, int gpu = 0)
    {
        var key = Key();
        Assert.IsType<Admission.Admitted>(_pool.Admit([(key, new TaskResources { Cpu = cpus, Gpu = gpu })]));
        return key;
    }

    private Admission Ask(params int[] cpus) =>
        _pool.Admit([.. cpus.Select(count => (Key(), new TaskResources { Cpu = count }))]);
}
