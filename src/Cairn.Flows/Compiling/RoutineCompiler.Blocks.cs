using Cairn.Flows.Program;
using Cairn.Flows.Program.Ops;
using Cairn.Flows.Sources;
using Cairn.Flows.Syntax;
using Cairn.Flows.Values;

namespace Cairn.Flows.Compiling;

/// <content>Bodies with steps inside, and jumps.</content>
internal sealed partial class RoutineCompiler
{
    private void Switch(Body.Switch choice, JumpContext context)
    {
        var done = new LabelOp();
        var labels = new List<LabelOp>();
        foreach (var one in choice.Cases)
        {
            _sequence.At(_parts.PlaceOf(one.Condition.Span));
            if (one.Condition is SourceNode.Scalar { Value.Kind: not CoreKind.Boolean } scalar
                && !ExpressionReader.IsExpression(scalar) || one.Condition is not SourceNode.Scalar)
                Findings.Error(
                    one.Condition.Span, $"{Where}: a condition is a boolean or an expression, found "
                    + one.Condition.Told, "condition: ${…}");
            var label = new LabelOp();
            labels.Add(label);
            _sequence.Emit(new BranchOp(_parts.Values.Compile(one.Condition, Here)) { Then = label, IsCase = true });
        }

        _sequence.Jump(done, _sequence.Depth);
        var state = _sequence.Leave();
        for (var i = 0; i < labels.Count; i++)
        {
            _sequence.Mark(labels[i]);
            Block(choice.Cases[i].Block, new JumpContext(context, JumpBoundary.None, _sequence.Depth), default);
            _sequence.Resume(state);
            _sequence.Jump(done, _sequence.Depth);
        }

        _sequence.Mark(done);
    }

    private void For(Loop loop, JumpContext context)
    {
        var values = Over(loop);
        var (head, after) = (new LabelOp(), new LabelOp());
        _sequence.Emit(new ForOp(values, loop.Range is not null));
        var outer = _scope;
        _scope = _scopes[loop];
        _sequence.Depth++;
        var index = loop.Index is { } position ? _scope.Find(position.Name)!.Value.Index : -1;
        var pass = _sequence.Emit(new LoopOp(_scope.Find(loop.Value.Name)!.Value.Index, index)
        {
            Fresh = _scope.Slots,
            After = after,
        });
        head.Next = pass;
        var state = _sequence.Leave();
        Steps(loop.Steps, new JumpContext(context, JumpBoundary.Loop, _sequence.Depth)
        {
            Continue = head,
            Break = after,
        });
        _sequence.Resume(state);
        _sequence.Jump(pass, _sequence.Depth);
        _sequence.Depth--;
        _scope = outer;
        _sequence.Mark(after);
    }

    /// <summary>What a loop goes over; two ends of a range are one list.</summary>
    private Code Over(Loop loop)
    {
        if ((loop.Range ?? loop.In) is not { } node)
            return new Code.Constant(FlowValue.Null);
        var isWrong = node is SourceNode.Map
            || (loop.Range is not null && node is SourceNode.List { Items.Count: not 2 })
            || (node is SourceNode.Scalar scalar && !ExpressionReader.IsExpression(scalar));
        if (isWrong)
            Findings.Error(
                node.Span,
                loop.Range is not null
                    ? $"{Where}: 'range' is two numbers or an expression of them, found {node.Told}"
                    : $"{Where}: 'in' is a list or an expression of one, found {node.Told}",
                loop.Range is not null ? "range: [1, 9]" : "in: ${keys(a_map)}");
        return _parts.Values.Compile(node, Here);
    }

    private void Try(Body.Try tried, JumpContext context)
    {
        var retry = tried.Retry is { } policy ? _parts.Retries.Compile(policy, Here) : null;
        var done = new LabelOp();
        var operation = _sequence.Emit(new TryOp(retry));
        var state = _sequence.Leave();
        _sequence.Depth++;
        Block(tried.Tried, new JumpContext(context, JumpBoundary.None, _sequence.Depth), default);
        _sequence.Resume(state);
        _sequence.Jump(done, _sequence.Depth - 1);
        _sequence.Depth--;
        if (tried.Except is { } except)
            Except(except, operation, context, done);
        _sequence.Resume(state);
        _sequence.Mark(done);
    }

    private void Except(Except except, TryOp operation, JumpContext context, LabelOp done)
    {
        var outer = _scope;
        _scope = _scopes[except];
        var handler = new LabelOp();
        operation.Except = handler;
        operation.Fresh = _scope.Slots;
        operation.As = Address(except.As);
        _sequence.Mark(handler);
        Steps(except.Steps, new JumpContext(context, JumpBoundary.None, _sequence.Depth));
        _sequence.Jump(done, _sequence.Depth);
        _scope = outer;
    }

    private void Branches(Body.Branches parallel, JumpContext context)
    {
        var limit = Limit(parallel.Terms);
        Shared(parallel.Terms);
        var most = _parts.Options.Limits.ParallelBranches;
        if (parallel.Items.Count > most)
            Findings.Error(
                parallel.Span, $"{Where}: {parallel.Items.Count} branches, at most {most} are allowed",
                "use 'for', or raise limits: {flow.branches: N} in cairn.yaml");
        var branches = parallel.Items.Select(item => new BranchCode(item.Name, _scopes[item].Layout)).ToList();
        _sequence.Emit(new ParallelOp(branches, null, false, limit));
        for (var i = 0; i < branches.Count; i++)
        {
            var item = parallel.Items[i];
            branches[i].Entry = Branch(item.Steps, _scopes[item], context, JumpBoundary.Branch, $"{_path}/{item.Name}");
        }
    }

    private void ParallelFor(Body.ParallelFor parallel, JumpContext context)
    {
        var values = Over(parallel.Loop);
        var limit = Limit(parallel.Terms);
        Shared(parallel.Terms);
        var scope = _scopes[parallel.Loop];
        var branch = new BranchCode("", scope.Layout)
        {
            Value = scope.Find(parallel.Loop.Value.Name)!.Value.Index,
            Index = parallel.Loop.Index is { } index ? scope.Find(index.Name)!.Value.Index : -1,
        };
        _sequence.Emit(new ParallelOp([branch], values, parallel.Loop.Range is not null, limit));
        branch.Entry = Branch(parallel.Loop.Steps, scope, context, JumpBoundary.Iteration, _path);
    }

    /// <summary>The steps of a branch: a sequence of their own, with blocks counted from its beginning.</summary>
    private LabelOp Branch(
        IReadOnlyList<Step> steps, Scope scope, JumpContext context, JumpBoundary boundary, string path)
    {
        var (sequence, outer, outerPath) = (_sequence, _scope, _path);
        (_sequence, _scope, _path) = (new OpSequence(_parts.Ops), scope, path);
        _sequence.Begin(sequence.Step);
        var end = new LabelOp();
        _sequence.Open();
        Steps(steps, new JumpContext(context, boundary, 0) { Continue = end });
        _sequence.Mark(end);
        _sequence.Resume(sequence.Leave());
        _sequence.Emit(new EndOp());
        var start = _sequence.Start;
        (_sequence, _scope, _path) = (sequence, outer, outerPath);
        return start;
    }

    private Code? Limit(ParallelTerms terms)
    {
        if (terms.ConcurrencyLimit is not { } node)
            return null;
        if (node is not SourceNode.Scalar scalar
            || (scalar.Value is not { Kind: CoreKind.Integer, Bits: > 0 } && !ExpressionReader.IsExpression(scalar)))
            Findings.Error(
                node.Span, $"{Where}: 'concurrency_limit' is an integer of at least 1, or an expression of one, found "
                + node.Told);
        return _parts.Values.Compile(node, Here);
    }

    private void Shared(ParallelTerms terms)
    {
        foreach (var variable in terms.Shared)
            if (_scope.OwnerOf(variable.Name) is null)
                Findings.Error(
                    variable.Span, $"{Where}: the shared variable '{variable.Name}' is assigned nowhere outside of "
                    + "'parallel'", "assign it in a step before");
    }

    private void Jump(Target target, JumpContext context)
    {
        switch (target.Name)
        {
            case "end" when IsInBranch(context):
                Refused(target, "'end' cannot leave a branch of 'parallel'");
                break;
            case "end":
                _sequence.Emit(new EndOp());
                _sequence.Cut();
                break;
            case "break" or "continue":
                LoopJump(target, context);
                break;
            default:
                StepJump(target, context);
                break;
        }
    }

    private void LoopJump(Target target, JumpContext context)
    {
        var list = context;
        while (list is { Boundary: JumpBoundary.None })
            list = list.Outer;
        var isBreak = target.Name == "break";
        if (list is null)
            Refused(target, $"'{target.Name}' stands in no 'for'");
        else if (list.Boundary == JumpBoundary.Branch || (isBreak && list.Boundary == JumpBoundary.Iteration))
            Refused(target, $"'{target.Name}' cannot leave a {(isBreak ? "parallel step" : "branch of 'parallel'")}");
        else if (isBreak)
            _sequence.Jump(list.Break!, list.Depth - 1);
        else
            _sequence.Jump(list.Continue!, list.Depth);
    }

    private void StepJump(Target target, JumpContext context)
    {
        for (var list = context; list is not null; list = list.Outer)
        {
            if (list.Steps.TryGetValue(target.Name, out var label))
            {
                _sequence.Jump(label, list.Depth);
                return;
            }

            if (list.Boundary == JumpBoundary.None)
                continue;
            var isOutside = IsKnown(target.Name, list.Outer);
            var what = list.Boundary == JumpBoundary.Loop ? "a 'for'" : "a branch of 'parallel'";
            Refused(
                target, isOutside
                    ? $"'next: {target.Name}' would leave {what}"
                    : $"there is no step '{target.Name}' to go to", isOutside && list.Boundary == JumpBoundary.Loop
                    ? "only break, continue, end, return and raise leave a 'for'" : null);
            return;
        }

        var hint = Nearest.Of(target.Name, NamesOf(context));
        Refused(
            target, $"there is no step '{target.Name}' to go to",
            hint is not null
                ? $"did you mean '{hint}'?"
                : "a jump leads to a step of its own list or of one around it");
    }

    private void Refused(Target target, string message, string? hint = null)
    {
        Findings.Error(target.Span, $"{Where}: {message}", hint);
        _sequence.Cut();
    }

    private static bool IsKnown(string name, JumpContext? context)
    {
        for (; context is not null; context = context.Outer)
            if (context.Steps.ContainsKey(name))
                return true;
        return false;
    }

    private static IEnumerable<string> NamesOf(JumpContext? context)
    {
        for (; context is not null; context = context.Outer)
            foreach (var name in context.Steps.Keys)
                yield return name;
    }

    private static bool IsInBranch(JumpContext context)
    {
        for (var list = context; list is not null; list = list.Outer)
            if (list.Boundary is JumpBoundary.Branch or JumpBoundary.Iteration)
                return true;
        return false;
    }
}
