namespace MultiMail.Core.Evidence;

/// <summary>The exact confidence bound of a share (C. J. Clopper, E. S. Pearson, Biometrika 26, 1934), one-sided.</summary>
public static class ClopperPearson
{
    private const double Alpha = 0.05;
    private const int Halvings = 64; // each gains a bit; a double has 53

    /// <summary>
    /// The 95 % lower bound of a share of which <paramref name="good"/> of <paramref name="all"/> were seen: the smallest share
    /// under which so many good ones are seen in at least 5 % of the cases.
    /// </summary>
    /// <returns>0 to 1; 0 when nothing good was seen.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more good ones than all.</exception>
    public static double Lower(int good, int all)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(good);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(good, all);
        if (good == 0)
        {
            return 0;
        }

        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = AtMost(all - good, all, 1 - middle) < Alpha ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The bound in whole ten-thousandths, rounded down: what is written never says more than what was seen.</summary>
    public static int LowerInTenThousandths(int good, int all) => (int)Math.Floor(Lower(good, all) * 10_000);

    /// <summary>Probability of at most <paramref name="bad"/> bad ones of <paramref name="all"/>, each bad with probability <paramref name="p"/>.</summary>
    private static double AtMost(int bad, int all, double p)
    {
        if (p is <= 0 or >= 1)
        {
            return p <= 0 || bad == all ? 1 : 0;
        }

        // In logarithms: (1 - p)^all is below the smallest double long before the sum is.
        var odds = Math.Log(p) - Log1Minus(p);
        var term = all * Log1Minus(p);
        var sum = Math.Exp(term);
        for (var i = 0; i < bad; i++)
        {
            term += Math.Log((double)(all - i) / (i + 1)) + odds;
            sum += Math.Exp(term);
        }

        return Math.Min(sum, 1);
    }

    // log(1 - p) loses every digit of a small p; the series does not.
    private static double Log1Minus(double p) => p > 1e-5 ? Math.Log(1 - p) : -p * (1 + (p / 2) + (p * p / 3));
}
