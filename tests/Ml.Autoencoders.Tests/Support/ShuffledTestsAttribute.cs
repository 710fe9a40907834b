using System.Globalization;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

[assembly: Ml.Autoencoders.Tests.ShuffledTests]

namespace Ml.Autoencoders.Tests;

/// <summary>
/// Where the environment variable TEST_ORDER_SEED is a whole number, namespaces, fixtures and tests run in an order
/// drawn from it: no test may depend on what ran before.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class ShuffledTestsAttribute : NUnitAttribute, IApplyToTest
{
    /// <summary>Called for the whole tree, once it is there.</summary>
    public void ApplyToTest(Test test)
    {
        if (Environment.GetEnvironmentVariable("TEST_ORDER_SEED") is { Length: > 0 } seed)
            Shuffle(test, new Random(int.Parse(seed, CultureInfo.InvariantCulture)));
    }

    /// <summary>
    /// NUnit runs the tests of a suite by their <see cref="OrderAttribute"/>, which sets this property.
    /// </summary>
    public static void Shuffle(ITest suite, Random random)
    {
        ITest[] tests = [.. suite.Tests.OrderBy(test => test.FullName, StringComparer.Ordinal)];
        int[] order = [.. Enumerable.Range(0, tests.Length)];
        random.Shuffle(order);
        for (int i = 0; i < tests.Length; i++)
        {
            tests[i].Properties.Set(PropertyNames.Order, order[i]);
            Shuffle(tests[i], random);
        }
    }
}
