using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Generation;

namespace Ml.Autoencoders.Tests.Generation;

internal sealed class CodePathTests
{
    private static readonly float Root = (float)Math.Sqrt(0.5);

    [Test]
    public void The_straight_line_is_parted_evenly() =>
        Assert.That(CodePath.Between([0, 8], [4, -8], 5, Interpolation.Linear, CodeSpace.Flat),
            Is.EqualTo(new float[][] { [0, 8], [1, 4], [2, 0], [3, -4], [4, -8] }));

    [Test]
    public void Half_of_a_right_angle_is_the_diagonal() =>
        Assert.That(CodePath.Between([1, 0, 0], [0, 1, 0], 3, Interpolation.Spherical, CodeSpace.Flat)[1],
            Is.EqualTo(new[] { Root, Root, 0 }).Within(1e-7));

    [Test]
    public void Thirds_of_a_right_angle_are_thirty_degrees()
    {
        float[][] path = CodePath.Between([1, 0], [0, 1], 4, Interpolation.Spherical, CodeSpace.Flat);

        Assert.Multiple(() =>
        {
            Assert.That(path[1], Is.EqualTo(new[] { 0.8660254f, 0.5f }).Within(1e-7));
            Assert.That(path[2], Is.EqualTo(new[] { 0.5f, 0.8660254f }).Within(1e-7));
        });
    }

    [Test]
    public void The_length_goes_evenly_while_the_direction_turns() =>
        Assert.That(CodePath.Between([2, 0], [0, 6], 3, Interpolation.Spherical, CodeSpace.Flat)[1],
            Is.EqualTo(new[] { 4 * Root, 4 * Root }).Within(1e-6));

    [Test]
    public void Any_arc_turns_and_grows_by_equal_steps()
    {
        float[] from = [0.3f, -1.2f, 2, 0.1f, -0.4f];
        float[] to = [-1, 0.4f, 1.5f, 2, 3];

        float[][] path = CodePath.Between(from, to, 7, Interpolation.Spherical, CodeSpace.Flat);

        double turn = Angle(from, to) / 6;
        Assert.Multiple(() =>
        {
            for (int step = 1; step < path.Length; step++)
            {
                Assert.That(Angle(path[step - 1], path[step]), Is.EqualTo(turn).Within(1e-6), $"turn {step}");
                Assert.That(Length(path[step]) - Length(path[step - 1]),
                    Is.EqualTo((Length(to) - Length(from)) / 6).Within(1e-6), $"growth {step}");
            }
        });
    }

    [Test]
    public void Both_ends_are_the_codes_themselves_to_the_bit_and_copies([Values] Interpolation kind,
        [Values(2, 3, 10)] int steps)
    {
        float[] from = [0.1f, -0f, 1e-30f, 16777217f];
        float[] to = [-1 / 3f, 0.7f, -3e20f, float.Epsilon];

        float[][] path = CodePath.Between(from, to, steps, kind, CodeSpace.Flat);

        Assert.Multiple(() =>
        {
            Assert.That(path, Has.Length.EqualTo(steps));
            Assert.That(Bits.Of(path[0]), Is.EqualTo(Bits.Of(from)));
            Assert.That(Bits.Of(path[^1]), Is.EqualTo(Bits.Of(to)));
            Assert.That(path[0], Is.Not.SameAs(from));
            Assert.That(path[^1], Is.Not.SameAs(to));
        });
    }

    private static readonly TestCaseData[] WithoutArc =
    [
        new(new[] { 1f, 2, -3 }, new[] { 1f, 2, -3 }) { TestName = "{m}: equal" },
        new(new[] { 0.1f, 0.2f, -0.3f }, new[] { 0.7f, 1.4f, -2.1f }) { TestName = "{m}: of one direction" },
        new(new[] { 1f, 2, -3 }, new[] { -1f, -2, 3 }) { TestName = "{m}: opposite" },
        new(new[] { 0.1f, 0.2f, -0.3f }, new[] { -0.7f, -1.4f, 2.1f }) { TestName = "{m}: opposite but for rounding" },
        new(new[] { 0f, 0, 0 }, new[] { 1f, 2, -3 }) { TestName = "{m}: from zero" },
        new(new[] { 1f, 2, -3 }, new[] { 0f, 0, 0 }) { TestName = "{m}: to zero" },
        new(new[] { 0f, 0, 0 }, new[] { 0f, 0, 0 }) { TestName = "{m}: both zero" },
    ];

    [TestCaseSource(nameof(WithoutArc))]
    public void Where_no_arc_is_given_the_spherical_path_is_the_straight_line(float[] from, float[] to)
    {
        float[][] path = CodePath.Between(from, to, 5, Interpolation.Spherical, CodeSpace.Flat);

        Assert.Multiple(() =>
        {
            Assert.That(Bits.Of(path), Is.EqualTo(Bits.Of(CodePath.Between(from, to, 5, Interpolation.Linear,
                CodeSpace.Flat))));
            Assert.That(path.SelectMany(code => code).All(float.IsFinite), Is.True);
        });
    }

    [Test]
    public void The_arc_between_nearly_parallel_codes_is_nearly_the_line(
        [Values(1e-3f, 1e-5f, 1e-6f, 1e-7f)] float height)
    {
        float[] middle = CodePath.Between([1, 0], [1, height], 3, Interpolation.Spherical, CodeSpace.Flat)[1];

        Assert.That(middle, Is.EqualTo(new[] { 1, height / 2 }).Within(2e-7f));
    }

    [Test]
    public void The_arc_between_nearly_opposite_codes_keeps_its_length()
    {
        float[] middle = CodePath.Between([1, 0], [-1, 1e-3f], 3, Interpolation.Spherical, CodeSpace.Flat)[1];

        Assert.That(middle, Is.EqualTo(new[] { 5e-4f, 1 }).Within(1e-6f));
    }

    [Test]
    public void Very_large_and_very_small_codes_have_arcs()
    {
        Assert.Multiple(() =>
        {
            Assert.That(CodePath.Between([1e30f, 0], [0, 1e30f], 3, Interpolation.Spherical, CodeSpace.Flat)[1],
                Is.EqualTo(new[] { Root * 1e30f, Root * 1e30f }).Within(1e24f));
            Assert.That(CodePath.Between([1e-30f, 0], [0, 1e-30f], 3, Interpolation.Spherical, CodeSpace.Flat)[1],
                Is.EqualTo(new[] { Root * 1e-30f, Root * 1e-30f }).Within(1e-36f));
        });
    }

    [TestCase(1)]
    [TestCase(0)]
    public void A_path_has_two_ends(int steps) =>
        Assert.That(() => CodePath.Between([1], [2], steps, Interpolation.Linear, CodeSpace.Flat),
            Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.EqualTo($"Interpolate: steps is {steps}; it must be at least 2. (Parameter 'steps')"));

    [Test]
    public void Both_ends_have_one_length() =>
        Assert.That(() => CodePath.Between([1, 2], [1, 2, 3], 3, Interpolation.Linear, CodeSpace.Flat),
            Throws.ArgumentException
            .With.Message.EqualTo("The code has 3 numbers, the one to start from 2. (Parameter 'to')"));

    [Test]
    public void A_kind_that_there_is_not_is_refused() =>
        Assert.That(() => CodePath.Between([1], [2], 3, (Interpolation)7, CodeSpace.Flat),
            Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.EqualTo("Interpolate: path is 7; it must be one of Linear, Spherical. (Parameter 'path')"));

    [Test]
    public void Both_ends_are_there()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => CodePath.Between(null!, [1], 3, Interpolation.Linear, CodeSpace.Flat),
                Throws.ArgumentNullException);
            Assert.That(() => CodePath.Between([1], null!, 3, Interpolation.Linear, CodeSpace.Flat),
                Throws.ArgumentNullException);
        });
    }

    [Test]
    public void The_way_of_a_space_is_the_one_that_stays_in_it()
    {
        float[] from = [0.6f, 0.8f, 0], to = [0, 0, 1];
        float[][] onSphere = CodePath.Between(from, to, 5, null, CodeSpace.Sphere);
        Assert.Multiple(() =>
        {
            Assert.That(onSphere.Select(Length), Has.All.EqualTo(1).Within(1e-6));
            Assert.That(Bits.Of(onSphere), Is.EqualTo(Bits.Of(
                CodePath.Between(from, to, 5, Interpolation.Spherical, CodeSpace.Sphere))));
            Assert.That(Bits.Of(CodePath.Between(from, to, 5, null, CodeSpace.Flat)), Is.EqualTo(Bits.Of(
                CodePath.Between(from, to, 5, Interpolation.Linear, CodeSpace.Flat))));
        });
    }

    [Test]
    public void The_straight_line_is_refused_on_a_sphere() =>
        Assert.That(() => CodePath.Between([1, 0], [0, 1], 3, Interpolation.Linear, CodeSpace.Sphere),
            Throws.ArgumentException.With.Message.EqualTo("Interpolate: path is Linear, and the straight line " +
                "leaves the sphere that codes lie on; it must be Spherical, or left out. (Parameter 'path')"));

    [Test]
    public void No_way_between_opposite_codes_is_the_shortest_on_a_sphere()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => CodePath.Between([1, 0], [-1, 0], 3, null, CodeSpace.Sphere),
                Throws.ArgumentException.With.Message.StartsWith("The code is opposite to the one to start from"));
            Assert.That(CodePath.Between([1, 0], [1, 0], 3, null, CodeSpace.Sphere)[1], Is.EqualTo(new[] { 1f, 0 }));
        });
    }

    private static double Length(float[] code) => Math.Sqrt(code.Sum(number => (double)number * number));

    private static double Angle(float[] one, float[] other) =>
        Math.Acos(one.Zip(other, (a, b) => (double)a * b).Sum() / Length(one) / Length(other));
}
