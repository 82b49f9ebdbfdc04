using Cairn.Flows.Expressions;
using Cairn.Flows.Program;
using Cairn.Flows.Program.Ops;
using Cairn.Flows.Syntax;
using Place = Cairn.Flows.Sources.SourceSpan;

namespace Cairn.Flows.Compiling;

/// <summary>Compiles one routine: its steps become operations that lead to each other.</summary>
internal sealed partial class RoutineCompiler
{
    private readonly FlowParts _parts;
    private readonly Routine _routine;
    private readonly ScopeTree _scopes;
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private OpSequence _sequence;
    private Scope _scope;
    private string _path;

    private RoutineCompiler(FlowParts parts, Routine routine, ScopeTree scopes)
    {
        (_parts, _routine, _scopes, _scope, _path) = (parts, routine, scopes, scopes[routine], routine.Name);
        _sequence = new OpSequence(parts.Ops);
    }

    /// <summary>Compiles a routine into its code.</summary>
    public static void Compile(FlowParts parts, Routine routine, RoutineCode code)
    {
        // A routine without steps was refused already, and has nothing that operations could belong to.
        if (routine.Steps.Count == 0)
            return;
        var scopes = ScopeTree.Of(routine, code.Layout, parts.Findings);
        var compiler = new RoutineCompiler(parts, routine, scopes);
        compiler.Whole(routine.Steps, new JumpContext(null, JumpBoundary.None, 0));
        code.Entry = compiler._sequence.Start;
    }

    private Findings Findings => _parts.Findings;

    private string Where => $"in workflow '{_routine.Name}', step '{_sequence.Step.Name}'";

    private CodePoint Here => new(_sequence, _scope, Where) { Handled = _scopes.Handled };

    /// <summary>The steps of a routine or branch, and its end.</summary>
    private void Whole(IReadOnlyList<Step> steps, JumpContext context)
    {
        // No steps at all: the findings have it.
        if (steps.Count == 0)
            return;
        _sequence.Open();
        Steps(steps, context);
        _sequence.Emit(new EndOp());
        _sequence.Cut();
    }

    private void Steps(IReadOnlyList<Step> steps, JumpContext context)
    {
        var labels = steps.Select(step => Announce(step, context)).ToList();
        foreach (var (step, label) in steps.Zip(labels))
        {
            var path = _path;
            _path = $"{path}/{step.Name}";
            var code = _parts.Begin(step, _routine.Name, _path, Kind(step.Block));
            _path = code.Id;
            _sequence.Mark(label);
            _sequence.Begin(code);
            Block(step.Block, context, step.Span);
            _parts.End();
            _path = path;
        }
    }

    /// <summary>Makes a step known to the jumps of its list and of the lists inside (T20: of its routine).</summary>
    private LabelOp Announce(Step step, JumpContext context)
    {
        var label = new LabelOp();
        // A bare jump (T18) has no name that another step could go to.
        if (step.Block is { Bodies: [], Next: { } target } && step.Span == target.Span)
            return label;
        if (context.Steps.ContainsKey(step.Name))
        {
            Findings.Error(
                step.Span, $"in workflow '{_routine.Name}', step '{step.Name}': the name stands twice in one list",
                "rename one of them");
            return label;
        }

        if (!_names.Add(step.Name))
            Findings.Tolerate(
                "T20", step.Span, $"in workflow '{_routine.Name}', step '{step.Name}': the name stands twice in one "
                + "routine", "rename one of them");
        context.Steps[step.Name] = label;
        return label;
    }

    private void Block(Block block, JumpContext context, Place span)
    {
        foreach (var body in block.Bodies)
            Compile(body, context);
        if (block.Next is { } target)
        {
            _sequence.At(_parts.PlaceOf(block.Bodies.Count == 0 ? span : target.Span));
            Jump(target, context);
        }
    }

    private void Compile(Body body, JumpContext context)
    {
        _sequence.At(_parts.PlaceOf(body.Span));
        switch (body)
        {
            case Body.Assign assign:
                foreach (var entry in assign.Entries)
                    Assign(entry);
                break;
            case Body.Call call:
                _parts.Calls.Step(call, _parts.Values, Here, Address(call.Result));
                break;
            case Body.Switch choice:
                Switch(choice, context);
                break;
            case Body.For loop:
                For(loop.Loop, context);
                break;
            case Body.Branches branches:
                Branches(branches, context);
                break;
            case Body.ParallelFor parallel:
                ParallelFor(parallel, context);
                break;
            case Body.Try tried:
                Try(tried, context);
                break;
            case Body.Group group:
                var outer = _sequence.Leave();
                // The group itself counts as a step although it does nothing.
                _sequence.Emit(new JumpOp(_sequence.Depth));
                Steps(group.Steps, new JumpContext(context, JumpBoundary.None, _sequence.Depth));
                _sequence.Resume(outer);
                break;
            case Body.Raise raise:
                _sequence.Emit(new RaiseOp(_parts.Values.Compile(raise.Value, Here)));
                _sequence.Cut();
                break;
            case Body.Return result:
                Return(result, context);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void Assign(Assignment entry)
    {
        _sequence.At(_parts.PlaceOf(entry.Target.Span));
        var here = Here;
        var value = _parts.Values.Compile(entry.Value, here);
        if (Names.IsVariable(entry.Target.Text))
        {
            if (Address(new Variable(entry.Target.Text, entry.Target.Span)) is { } variable)
                CallCompiler.Store(here, variable, value);
            return;
        }

        // The value is evaluated before the indexes of the target; where those wait, it is kept.
        if (_parts.Values.TargetWaits(entry.Target) && value is not Code.Constant)
            value = ValueCompiler.Keep(value, here);
        if (_parts.Values.Target(entry.Target, here) is not var (root, path))
            return;
        if (Address(new Variable(root, entry.Target.Span)) is { } slot)
            _sequence.Emit(new AssignPartOp(root, slot, [.. path], value, Findings.IsLenient));
    }

    private void Return(Body.Return result, JumpContext context)
    {
        if (IsInBranch(context))
            Findings.Error(
                result.Span, $"{Where}: 'return' cannot leave a branch of 'parallel'",
                "write the value to a shared variable");
        _sequence.Emit(new ReturnOp(_parts.Values.Compile(result.Value, Here)));
        _sequence.Cut();
    }

    /// <summary>Where a variable that is written lives; what a branch must not write is refused.</summary>
    private SlotAddress? Address(Variable? variable)
    {
        if (variable is null || _scope.OwnerOf(variable.Name) is not { } owner)
            return null;
        if (_keywords.Contains(variable.Name, StringComparer.Ordinal))
            Findings.Error(variable.Span, $"{Where}: '{variable.Name}' is a word of the language, not a variable");
        foreach (var branch in _scope.BranchesTo(owner))
            if (!branch.Shared.Contains(variable.Name, StringComparer.Ordinal))
            {
                Findings.Error(
                    variable.Span,
                    $"{Where}: the variable '{variable.Name}' is one from outside of 'parallel' and is not shared",
                    $"add it to 'shared' of step '{branch.Step.Split('/')[0]}'");
                break;
            }

        return _scope.Find(variable.Name);
    }

    private static readonly string[] _keywords =
        ["true", "True", "TRUE", "false", "False", "FALSE", "null", "and", "AND", "or", "OR", "not", "NOT", "in"];

    private static string Kind(Block block) => block.Bodies switch
    {
        [] => "next",
        [var body, ..] => body switch
        {
            Body.Assign => "assign",
            Body.Call => "call",
            Body.Switch => "switch",
            Body.For => "for",
            Body.Branches or Body.ParallelFor => "parallel",
            Body.Try => "try",
            Body.Group => "steps",
            Body.Raise => "raise",
            Body.Return => "return",
            _ => throw new System.Diagnostics.UnreachableException(),
        },
    };
}
