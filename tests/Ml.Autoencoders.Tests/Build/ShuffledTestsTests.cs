using NUnit.Framework.Internal;

namespace Ml.Autoencoders.Tests.Build;

internal sealed class ShuffledTestsTests
{
    [Test]
    public void The_same_number_gives_the_same_order_and_another_gives_another()
    {
        int[] first = Orders(1);
        Assert.That(first, Is.EquivalentTo(Enumerable.Range(0, 20)));
        Assert.That(Orders(1), Is.EqualTo(first));
        Assert.That(Orders(2), Is.Not.EqualTo(first).And.EquivalentTo(first));
    }

    [Test]
    public void The_tests_within_a_suite_are_shuffled_too()
    {
        var inner = Suite("inner", 20);
        var outer = new TestSuite("outer");
        outer.Add(inner);
        ShuffledTestsAttribute.Shuffle(outer, new Random(1));
        Assert.That(OrdersOf(inner), Is.EquivalentTo(Enumerable.Range(0, 20)).And.Not.Ordered);
    }

    private static int[] Orders(int seed)
    {
        TestSuite suite = Suite("suite", 20);
        ShuffledTestsAttribute.Shuffle(suite, new Random(seed));
        return OrdersOf(suite);
    }

    private static TestSuite Suite(string name, int count)
    {
        var suite = new TestSuite(name);
        for (int i = 0; i < count; i++)
            suite.Add(new TestSuite($"{name}{i:00}"));
        return suite;
    }

    private static int[] OrdersOf(TestSuite suite) =>
        [.. suite.Tests.Select(test => (int)test.Properties.Get(PropertyNames.Order)!)];
}
