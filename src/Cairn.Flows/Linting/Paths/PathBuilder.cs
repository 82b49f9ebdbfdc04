using System.Diagnostics;
using Cairn.Flows.Sources;
using Cairn.Flows.Syntax;

namespace Cairn.Flows.Linting.Paths;

/// <summary>
/// Draws the paths through a routine (spec/workflows.md 1.4). Branches of `parallel` are drawn one after another: when
/// the step ends well, each of them has.
/// </summary>
internal sealed class PathBuilder
{
    private readonly PathGraph _graph;

    private PathBuilder(Routine routine) => _graph = new PathGraph(routine);

    /// <summary>The paths of a routine.</summary>
    public static PathGraph Build(Routine routine)
    {
        var builder = new PathBuilder(routine);
        var names = AssignedNames.In(routine.Steps);
        names.UnionWith(routine.Parameters.Select(parameter => parameter.Name));
        builder._graph.Entry = builder.Add(
            null, new PathContext(), writes: [.. routine.Parameters.Select(parameter => parameter.Name)]);
        var first = builder.Steps(routine.Steps, builder._graph.Exit, new PathContext { Names = names });
        builder._graph.Entry.Next.Add(first);
        return builder._graph;
    }

    private PathNode Add(
        Step? step, PathContext context, IReadOnlyList<SourceNode>? reads = null,
        IReadOnlyList<string>? writes = null, IReadOnlyCollection<string>? forgets = null) =>
        _graph.Add(new PathNode(_graph.Nodes.Count, step)
        {
            Reads = reads ?? [],
            Writes = writes ?? [],
            Forgets = forgets ?? [],
            Handler = context.Handler,
        });

    /// <summary>A list of steps that goes on at <paramref name="after"/>; where it begins.</summary>
    private PathNode Steps(IReadOnlyList<Step> steps, PathNode after, PathContext context)
    {
        var targets = new Dictionary<string, PathNode>(StringComparer.Ordinal);
        var entries = new PathNode[steps.Count];
        for (var i = 0; i < steps.Count; i++)
        {
            entries[i] = Add(steps[i], context);
            _graph.SetEntry(steps[i], entries[i]);
            targets.TryAdd(steps[i].Name, entries[i]);
        }

        var inner = context with { Targets = targets, Outer = context };
        for (var i = 0; i < steps.Count; i++)
        {
            var next = i + 1 < steps.Count ? entries[i + 1] : after;
            Block(steps[i].Block, entries[i], next, inner with { Step = steps[i] });
        }

        return steps.Count > 0 ? entries[0] : after;
    }

    private void Block(Block block, PathNode from, PathNode after, PathContext context)
    {
        var end = block.Next is null ? after : Destination(block.Next.Name, context);
        var current = from;
        for (var i = 0; i < block.Bodies.Count; i++)
        {
            var next = i + 1 < block.Bodies.Count ? Add(context.Step, context) : end;
            Body(block.Bodies[i], current, next, context);
            current = next;
        }

        if (block.Bodies.Count == 0) from.Next.Add(end);
    }

    private PathNode Destination(string name, PathContext context) => name switch
    {
        "end" => _graph.Exit,
        "break" => context.Break ?? _graph.Exit,
        "continue" => context.Continue ?? _graph.Exit,
        _ => context.Find(name) ?? _graph.Exit,
    };

    private void Body(Body body, PathNode from, PathNode after, PathContext context)
    {
        switch (body)
        {
            case Body.Assign assign:
                Assign(assign, from, after, context);
                break;
            case Body.Call call:
                Call(call, from, after, context);
                break;
            case Body.Switch choice:
                Switch(choice, from, after, context);
                break;
            case Body.For loop:
                Loop(loop.Loop, from, after, context, after);
                break;
            case Body.ParallelFor loop:
                Loop(loop.Loop, Limited(loop.Terms, from, context), after, context, null);
                break;
            case Body.Branches branches:
                Branches(branches, Limited(branches.Terms, from, context), after, context);
                break;
            case Body.Try attempt:
                Try(attempt, from, after, context);
                break;
            case Body.Group group:
                from.Next.Add(Steps(group.Steps, after, context));
                break;
            case Body.Raise raise:
                from.Next.Add(_graph.Add(new PathNode(_graph.Nodes.Count, context.Step)
                {
                    Reads = [raise.Value],
                    Raises = true,
                    Handler = context.Handler,
                }));
                break;
            case Body.Return back:
                Then(from, Add(context.Step, context, [back.Value])).Next.Add(_graph.Exit);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Assign(Body.Assign assign, PathNode from, PathNode after, PathContext context)
    {
        foreach (var entry in assign.Entries)
        {
            var isPlain = Names.IsVariable(entry.Target.Text);
            from = Then(from, _graph.Add(new PathNode(_graph.Nodes.Count, context.Step)
            {
                Reads = [entry.Value],
                Target = isPlain ? null : entry.Target,
                Writes = isPlain ? [entry.Target.Text] : [],
                Handler = context.Handler,
            }));
        }

        from.Next.Add(after);
    }

    private void Call(Body.Call call, PathNode from, PathNode after, PathContext context) =>
        Then(from, _graph.Add(new PathNode(_graph.Nodes.Count, context.Step)
        {
            Reads = [.. call.Arguments.Select(argument => argument.Value)],
            Writes = call.Result is { } result ? [result.Name] : [],
            Call = call,
            Handler = context.Handler,
        })).Next.Add(after);

    private void Switch(Body.Switch choice, PathNode from, PathNode after, PathContext context)
    {
        foreach (var one in choice.Cases)
        {
            from = Then(from, _graph.Add(new PathNode(_graph.Nodes.Count, context.Step)
            {
                Reads = [one.Condition],
                Condition = one.Condition,
                Handler = context.Handler,
            }));
            var (isTrue, isFalse) = (LiteralCondition.IsTrue(one.Condition), LiteralCondition.IsFalse(one.Condition));
            var taken = Add(context.Step, context);
            from.Met = taken;
            if (!isFalse) from.Next.Add(taken);
            Block(one.Block, taken, after, context);
            // What follows a condition that always holds begins nowhere.
            if (isTrue) from = Add(context.Step, context);
        }

        from.Next.Add(after);
    }

    private void Loop(Loop loop, PathNode from, PathNode after, PathContext context, PathNode? leave)
    {
        var over = (loop.In, loop.Range) switch
        {
            ({ } list, _) => list,
            (_, { } range) => range,
            _ => null,
        };
        var test = Then(
            Then(from, Add(context.Step, context, over is null ? [] : [over])), Add(context.Step, context));
        string[] own = loop.Index is { } index ? [loop.Value.Name, index.Name] : [loop.Value.Name];
        var names = AssignedNames.In(loop.Steps);
        names.ExceptWith(context.Names);
        names.UnionWith(own);
        var pass = _graph.Add(new PathNode(_graph.Nodes.Count, context.Step)
        {
            Writes = own,
            Forgets = [.. names],
            IsPass = true,
            Handler = context.Handler,
        });
        test.Next.Add(pass);
        test.Next.Add(after);
        names.UnionWith(context.Names);
        pass.Next.Add(Steps(loop.Steps, test, context with
        {
            Targets = new Dictionary<string, PathNode>(),
            Outer = null,
            Break = leave,
            Continue = test,
            Names = names,
        }));
    }

    private PathNode Limited(ParallelTerms terms, PathNode from, PathContext context) =>
        terms.ConcurrencyLimit is { } limit ? Then(from, Add(context.Step, context, [limit])) : from;

    private void Branches(Body.Branches branches, PathNode from, PathNode after, PathContext context)
    {
        foreach (var branch in branches.Items)
        {
            var names = AssignedNames.In(branch.Steps);
            names.ExceptWith(context.Names);
            var start = Then(from, Add(context.Step, context, forgets: [.. names]));
            var end = Add(context.Step, context);
            names.UnionWith(context.Names);
            start.Next.Add(Steps(branch.Steps, end, context with
            {
                Targets = new Dictionary<string, PathNode>(),
                Outer = null,
                Break = null,
                Continue = null,
                Names = names,
            }));
            from = end;
        }

        from.Next.Add(after);
    }

    private void Try(Body.Try attempt, PathNode from, PathNode after, PathContext context)
    {
        var handler = context.Handler;
        if (attempt.Except is { } except)
        {
            string[] own = except.As is { } name ? [name.Name] : [];
            var names = AssignedNames.In(except.Steps);
            names.ExceptWith(context.Names);
            handler = Add(context.Step, context, writes: own, forgets: [.. names]);
            names.UnionWith(own);
            names.UnionWith(context.Names);
            handler.Next.Add(Steps(except.Steps, after, context with { Names = names }));
        }

        var inner = context with { Handler = handler };
        Block(attempt.Tried, Then(from, Add(context.Step, inner)), after, inner);
    }

    private static PathNode Then(PathNode from, PathNode to)
    {
        from.Next.Add(to);
        return to;
    }
}
