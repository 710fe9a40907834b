namespace Ml.Autoencoders.Arrays;

/// <summary>One number in managed memory, in double: sums over a row are added up in it.</summary>
internal readonly record struct Number(double Value) : IArithmetic<Number>
{
    public static implicit operator Number(double value) => new(value);
    public static Number operator +(Number left, Number right) => left.Value + right.Value;
    public static Number operator -(Number left, Number right) => left.Value - right.Value;
    public static Number operator *(Number left, Number right) => left.Value * right.Value;
    public static Number operator /(Number left, Number right) => left.Value / right.Value;
    public static Number operator +(Number left, double right) => left.Value + right;
    public static Number operator -(Number left, double right) => left.Value - right;
    public static Number operator *(Number left, double right) => left.Value * right;
    public static Number operator /(Number left, double right) => left.Value / right;
    public static Number operator -(Number value) => -value.Value;
    public Number Exp() => Math.Exp(Value);
    public Number Expm1() => Math.Exp(Value) - 1;
    public Number Log() => Math.Log(Value);
    public Number Sqrt() => Math.Sqrt(Value);
    public Number Abs() => Math.Abs(Value);
    public Number Asinh() => Math.Asinh(Value);
    public Number Squared() => Value * Value;
    public Number MinusOver(Number offset, Number scale) => (this - offset) / scale;
    public Number TimesPlus(Number scale, Number offset) => this * scale + offset;
    public Number SquaredDistance(Number other) => (other - this).Squared();
    public Number Clamped(double least, double most) => Math.Clamp(Value, least, most);
    public Number AtLeast(double least) => Math.Max(Value, least);
}
