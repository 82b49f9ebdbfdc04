using Cairn.Flows.Expressions;
using Cairn.Flows.Library;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>What gives a value: a constant, an expression, or a list or map of those. Immutable.</summary>
internal abstract class Code
{
    private Code() { }

    /// <summary>The value where a strand stands; errors of the language are thrown.</summary>
    public FlowValue Evaluate(Strand strand) => Evaluate(strand.Frame, strand.Machine.Evaluation);

    /// <summary>The value in a frame.</summary>
    public abstract FlowValue Evaluate(FlowFrame frame, Evaluation evaluation);

    /// <summary>The value as a condition; a TypeError for what is no boolean.</summary>
    public virtual bool Test(FlowFrame frame, Evaluation evaluation)
    {
        var value = Evaluate(frame, evaluation);
        return value.Kind == FlowKind.Boolean
            ? value.AsBoolean()
            : throw FlowError.Type($"a condition is a boolean, found {Words.Of(value)}");
    }

    /// <summary>A value that is written in the source.</summary>
    public sealed class Constant(FlowValue value) : Code
    {
        /// <summary>The value.</summary>
        public FlowValue Value { get; } = value;

        /// <inheritdoc/>
        public override FlowValue Evaluate(FlowFrame frame, Evaluation evaluation) => Value;
    }

    /// <summary>An expression.</summary>
    public sealed class Computed(ExpressionCode expression) : Code
    {
        /// <inheritdoc/>
        public override FlowValue Evaluate(FlowFrame frame, Evaluation evaluation) =>
            expression.Evaluate(frame, evaluation);

        /// <inheritdoc/>
        public override bool Test(FlowFrame frame, Evaluation evaluation) => expression.Test(frame, evaluation);
    }

    /// <summary>A variable of the own frame and an integer, added.</summary>
    public sealed class Counted(int slot, long more, Code general) : Code
    {
        /// <inheritdoc/>
        public override FlowValue Evaluate(FlowFrame frame, Evaluation evaluation)
        {
            ref readonly var value = ref frame.Slots[slot];
            if (value.IsPlainInteger)
            {
                var sum = unchecked(value.RawInteger + more);
                if (((value.RawInteger ^ sum) & (more ^ sum)) >= 0)
                    return FlowValue.Of(sum);
            }

            return general.Evaluate(frame, evaluation);
        }
    }

    /// <summary>A variable of the own frame compared with another one, or with an integer.</summary>
    public sealed class Compared(BinaryOperator op, int left, int right, long literal, Code general) : Code
    {
        /// <inheritdoc/>
        public override FlowValue Evaluate(FlowFrame frame, Evaluation evaluation) =>
            FlowValue.Of(Test(frame, evaluation));

        /// <inheritdoc/>
        public override bool Test(FlowFrame frame, Evaluation evaluation)
        {
            var slots = frame.Slots;
            ref readonly var a = ref slots[left];
            var other = literal;
            var isPlain = a.IsPlainInteger;
            if (right >= 0)
            {
                ref readonly var b = ref slots[right];
                isPlain &= b.IsPlainInteger;
                other = b.RawInteger;
            }

            if (!isPlain)
                return general.Test(frame, evaluation);
            return op switch
            {
                BinaryOperator.Less => a.RawInteger < other,
                BinaryOperator.LessOrEqual => a.RawInteger <= other,
                BinaryOperator.Greater => a.RawInteger > other,
                BinaryOperator.GreaterOrEqual => a.RawInteger >= other,
                BinaryOperator.Equal => a.RawInteger == other,
                _ => a.RawInteger != other,
            };
        }
    }

    /// <summary>A function of the library that a step calls, with all its arguments.</summary>
    public sealed class Invoked(CallSignature function, Code[] arguments) : Code
    {
        /// <inheritdoc/>
        public override FlowValue Evaluate(FlowFrame frame, Evaluation evaluation)
        {
            var values = new FlowValue[arguments.Length];
            for (var i = 0; i < values.Length; i++)
                values[i] = arguments[i].Evaluate(frame, evaluation);
            evaluation.Enter(frame);
            return FlowLibrary.Invoke(function, values, evaluation);
        }
    }

    /// <summary>As many nulls as a list has elements.</summary>
    public sealed class Blank(Code list) : Code
    {
        /// <inheritdoc/>
        public override FlowValue Evaluate(FlowFrame frame, Evaluation evaluation)
        {
            var value = list.Evaluate(frame, evaluation);
            return value.Kind == FlowKind.List
                ? FlowValue.Of(FlowList.Of(new FlowValue[value.AsList().Count]))
                : throw FlowError.Type($"a list is needed, found {Words.Of(value)}");
        }
    }

    /// <summary>A list of the source.</summary>
    public sealed class ListOf(Code[] items) : Code
    {
        /// <inheritdoc/>
        public override FlowValue Evaluate(FlowFrame frame, Evaluation evaluation)
        {
            var values = new FlowValue[items.Length];
            for (var i = 0; i < values.Length; i++)
                values[i] = items[i].Evaluate(frame, evaluation);
            return FlowValue.Of(FlowList.Of(values));
        }
    }

    /// <summary>A map of the source; keys may be expressions (spec/workflows.md 1.6).</summary>
    public sealed class MapOf(Code[] keys, Code[] values) : Code
    {
        /// <inheritdoc/>
        public override FlowValue Evaluate(FlowFrame frame, Evaluation evaluation)
        {
            var map = new FlowMapBuilder(keys.Length);
            for (var i = 0; i < keys.Length; i++)
            {
                var key = keys[i].Evaluate(frame, evaluation);
                if (key.Kind != FlowKind.String)
                    throw FlowError.Type($"a key of a map is a string, found {Words.Of(key)}");
                map.Set(key.AsText(), values[i].Evaluate(frame, evaluation));
            }

            return FlowValue.Of(map.ToMap());
        }
    }
}
