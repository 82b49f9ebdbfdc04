using Cairn.Flows.Expressions;
using Cairn.Flows.Program.Ops;
using Cairn.Flows.Sources;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>What a strand is inside of, in a snapshot.</summary>
internal static class SavedEnclosure
{
    /// <summary>An enclosure as plain data.</summary>
    public static FlowValue Write(Enclosure enclosure) => FlowValue.Of(enclosure switch
    {
        Enclosure.Loop loop => FlowMap.Of(
            ("loop", FlowValue.Of(loop.Op.Name)), ("position", FlowValue.Of(loop.Position)),
            ("over", FlowValue.Of(loop.Values.Save()))),
        Enclosure.Try tried => FlowMap.Of(
            ("try", FlowValue.Of(tried.Op.Name)), ("failed", FlowValue.Of(tried.Failed)),
            ("pending", tried.Pending is { } pending ? Write(pending) : FlowValue.Null)),
        Enclosure.Call call => FlowMap.Of(
            ("call", FlowValue.Of(call.Op.Name)), ("routine", FlowValue.Of(call.Routine.Name))),
        Enclosure.Parallel parallel => Write(parallel),
        _ => throw new System.Diagnostics.UnreachableException(),
    });

    /// <summary>The enclosure of such data; <paramref name="frame"/> is the frame around it.</summary>
    public static Enclosure Read(FlowMap map, FlowCode code, FlowFrame frame)
    {
        if (map.TryGet("loop", out var loop))
            return new Enclosure.Loop((LoopOp)code.Named(loop.AsText()), LoopValues.Load(map.Get("over").AsMap()))
            {
                Position = (int)map.Get("position").AsInteger(),
            };
        if (map.TryGet("try", out var tried))
            return new Enclosure.Try((TryOp)code.Named(tried.AsText()))
            {
                Failed = (int)map.Get("failed").AsInteger(),
                Pending = map.Get("pending") is { IsNull: false } pending ? ReadRaised(pending.AsMap(), code) : null,
            };
        return map.TryGet("call", out var call)
            ? new Enclosure.Call(
                (WaitingOp)code.Named(call.AsText()), code.Routines[map.Get("routine").AsText()], frame)
            : ReadParallel(map, code);
    }

    private static FlowMap Write(Enclosure.Parallel parallel) => FlowMap.Of(
        ("parallel", FlowValue.Of(parallel.Op.Name)),
        ("over", parallel.Values is { } values ? FlowValue.Of(values.Save()) : FlowValue.Null),
        ("total", FlowValue.Of(parallel.Total)),
        ("limit", FlowValue.Of(parallel.Limit)),
        ("started", FlowValue.Of(parallel.Started)),
        ("ended", FlowValue.Of(parallel.Ended)),
        ("dropped", FlowValue.Of(parallel.Dropped)),
        ("errors", FlowValue.Of(FlowList.From(parallel.Errors.Select(error => FlowValue.ListOf(
            FlowValue.Of(error.Key), FlowValue.Of(error.Value.Id), FlowValue.Of(error.Value.Context),
            FlowValue.Of(error.Value.Payload)))))));

    private static Enclosure.Parallel ReadParallel(FlowMap map, FlowCode code)
    {
        var over = map.Get("over");
        var parallel = new Enclosure.Parallel(
            (ParallelOp)code.Named(map.Get("parallel").AsText()),
            over.IsNull ? null : LoopValues.Load(over.AsMap()),
            (int)map.Get("total").AsInteger(),
            (int)map.Get("limit").AsInteger())
        {
            Started = (int)map.Get("started").AsInteger(),
            Ended = (int)map.Get("ended").AsInteger(),
            Dropped = (int)map.Get("dropped").AsInteger(),
        };
        foreach (var saved in map.Get("errors").AsList())
        {
            var error = saved.AsList();
            parallel.Errors[(int)error[0].AsInteger()] =
                new BranchError(error[1].AsText(), error[2].AsText(), error[3].AsText());
        }

        return parallel;
    }

    private static FlowValue Write(Raised raised) => FlowValue.Of(FlowMap.Of(
        ("value", raised.Error.Value),
        ("stack", FlowValue.Of(FlowList.From(raised.Stack.Select(frame => FlowValue.ListOf(
            FlowValue.Of(frame.Step.Id), FlowValue.Of(frame.Place.Line), FlowValue.Of(frame.Place.Column),
            FlowValue.Of(frame.Place.Length))))))));

    private static Raised ReadRaised(FlowMap map, FlowCode code)
    {
        var stack = new List<StackFrame>();
        foreach (var saved in map.Get("stack").AsList())
        {
            var frame = saved.AsList();
            stack.Add(new StackFrame(
                code.StepNamed(frame[0].AsText()),
                new SourcePlace(
                    (int)frame[1].AsInteger(), (int)frame[2].AsInteger(), (int)frame[3].AsInteger())));
        }

        return new Raised(new FlowError(map.Get("value")), stack);
    }
}
