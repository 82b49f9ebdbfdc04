using Cairn.Flows.Expressions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>
/// A strand in a snapshot. Its frames stand outermost first: its own, then one for each routine that it called; the
/// frame of a branch lies within the last one of its parent.
/// </summary>
internal static class SavedStrand
{
    /// <summary>A strand as plain data.</summary>
    public static FlowValue Write(Strand strand)
    {
        var map = new FlowMapBuilder();
        map.Set("id", FlowValue.Of(strand.Id));
        if (strand.Parent is { } parent)
        {
            map.Set("parent", FlowValue.Of(parent.Id));
            map.Set("branch", FlowValue.Of(strand.Branch));
        }

        map.Set("at", FlowValue.Of(strand.At.Name));
        map.Set("frames", FlowValue.Of(FlowList.From(Frames(strand))));
        map.Set("blocks", FlowValue.Of(FlowList.From(strand.Blocks.Select(SavedEnclosure.Write))));
        if (strand.Waiting is { } waiting)
            map.Set("waiting", SavedWaiting.Write(waiting));
        return FlowValue.Of(map.ToMap());
    }

    /// <summary>The strand of such data; its parent is known already.</summary>
    public static Strand Read(FlowMap map, FlowMachine machine)
    {
        var parent = map.TryGet("parent", out var id) ? machine.Strands[(int)id.AsInteger()] : null;
        var branch = parent is null ? 0 : (int)map.Get("branch").AsInteger();
        var frames = map.Get("frames").AsList();
        var layout = parent is null ? machine.Code.Main.Layout : parent.Branches.Op.LayoutOf(branch);
        var at = machine.Code.Named(map.Get("at").AsText());
        var strand = new Strand(
            machine, (int)map.Get("id").AsInteger(), Frame(frames[0], layout, parent?.Frame), at)
        {
            Parent = parent,
            Branch = branch,
            CallDepth = parent?.CallDepth ?? 0,
            ParallelDepth = parent is null ? 0 : parent.ParallelDepth + 1,
            Waiting = map.TryGet("waiting", out var waiting) ? SavedWaiting.Read(waiting.AsMap()) : null,
        };
        var called = 0;
        foreach (var block in map.Get("blocks").AsList())
        {
            var enclosure = SavedEnclosure.Read(block.AsMap(), machine.Code, strand.Frame);
            strand.Blocks.Add(enclosure);
            if (enclosure is not Enclosure.Call call)
                continue;
            strand.Frame = Frame(frames[++called], call.Routine.Layout, null);
            strand.CallDepth++;
        }

        return strand;
    }

    private static IEnumerable<FlowValue> Frames(Strand strand)
    {
        var layout = strand.Parent is { } parent
            ? parent.Branches.Op.LayoutOf(strand.Branch)
            : strand.Machine.Code.Main.Layout;
        foreach (var block in strand.Blocks)
        {
            if (block is not Enclosure.Call call)
                continue;
            yield return Variables(call.Caller, layout);
            layout = call.Routine.Layout;
        }

        yield return Variables(strand.Frame, layout);
    }

    private static FlowValue Variables(FlowFrame frame, FrameLayout layout)
    {
        var map = new FlowMapBuilder();
        for (var i = 0; i < layout.Size; i++)
            if (!frame.Slots[i].IsUnassigned)
                map.Set(layout.Names[i], frame.Slots[i]);
        return FlowValue.Of(map.ToMap());
    }

    private static FlowFrame Frame(FlowValue saved, FrameLayout layout, FlowFrame? outer)
    {
        var frame = new FlowFrame(layout.Size, outer);
        var map = saved.AsMap();
        for (var i = 0; i < layout.Size; i++)
            if (map.TryGet(layout.Names[i], out var value))
                frame.Slots[i] = value;
        return frame;
    }
}
