namespace MultiMail.TransparencyLog.Tests;

/// <summary>Values computed with Python and with golang.org/x/mod.</summary>
public sealed class VectorTests
{
    [Theory]
    [InlineData(0, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData(1, "n8OlQnIr4tAsujP2H3F1a2TBYfGfCu8wiLXH+yq9uMc=")]
    [InlineData(2, "Eg8SYe0EJzhaYoyKw2htJwU7ZfRJIBxlq4V2CkyKN84=")]
    [InlineData(3, "dBGuvrxdMiJlQWKEYRdp1SAat58a+KtmNmWYIt68vlk=")]
    [InlineData(7, "0OLFPpIcy6AOBVp5h5cArhlbYuF50B6T926huIqftDo=")]
    [InlineData(8, "+5dVeFxJhPWYl/UGzU5w5aDLWk0/OQ/bvZpNtAd5eCQ=")]
    [InlineData(39, "1vi9YQxTBEAsYB2zgH1fSesFnrNGSObiKHG/bJ659jk=")]
    [InlineData(77, "+63UKC9WaV3MLhH2w2BKDqkgCO+kTZmxIyX/phe/quk=")]
    [InlineData(255, "qOfuqcy1VDCGTflNjZ/NPQeEd1cKIVOmm1GsvZ67b3E=")]
    [InlineData(256, "IwI4+jTQK93OLTC3OKnRALTlIkGQl5Lssr9A/uRiTuU=")]
    [InlineData(257, "WP8kw/GLYdh4oTdoggdWYplXpmRKabeL3lx63e0hc3A=")]
    [InlineData(600, "S9DWEkh64bcm3no2j135+fRAkDEPYnYcvBcx0s8io5s=")]
    public void Roots_are_those_of_other_implementations(int size, string root)
    {
        var tree = Samples.Tree(size);
        Assert.Equal(root, tree.Root().ToBase64());
        Assert.Equal(root, MerkleEdge.Of(tree, size).Root().ToBase64());
    }

    [Fact]
    public void Consistency_proof_from_39_to_77_is_that_of_other_implementations()
    {
        string[] expected =
        [
            "yf1Og4qvTC1ejOH6lmwTynM2hZnaASzSPndf5/fX7ZQ=", "UXN3Z38qswC4DFeIscsx8zxpOR7rIVSO7BbxYRGRLQU=",
            "F3a7nv2gxJrRo7bx2dknlzoloIXjNzCILlzNrOvrQJk=", "S1W8KY1t0NHwD3PXe4fiEZvg0COqNzzOUquZ5TMZmA8=",
            "0b9Jxs4ZEPgwLjBH+dcrQQH48MOBzu6//fBPr3yFJ7Q=", "h+IE6r36GOcjJHdEFHch/I7iQhBA2oBr/Nj977KL2CQ=",
            "ZkAclBFupvM//CL6khEaBlJ4tuG98jeSSYdIIcQycN8=", "Ts9mGAryOg8aPWtmFsiUIEh6F2PY/vgvjNeAnrDamrI=",
        ];
        var tree = Samples.Tree(77);
        var proof = ConsistencyProof.Create(39, 77, tree);
        Assert.Equal(expected, proof.Select(h => h.ToBase64()), StringComparer.Ordinal);
        Assert.True(ConsistencyProof.Verify(39, 77, tree.Root(39), tree.Root(), proof));
    }

    [Fact]
    public void Inclusion_proof_of_66_in_77_is_that_of_other_implementations()
    {
        string[] expected =
        [
            "E/J9XzddRnt2COcRCQxkJeEbWlxv8HrajR6IXI53+j8=", "JToEIP8LyCJuWZ0/L53zhnf8IQCPiSfWjvI94yq9ruE=",
            "AQNRbMuR4ugunyHeNtHoUflaFwFnzmzdo7qwz4RscUc=", "dO85kQpencfkW2WJjNbRsAt5op5UVThKQYKscJh4vOw=",
            "TZIvcea2Wd8raJ5aAzrkAIxhvz0uXfW45lNff5n7/ZA=",
        ];
        var tree = Samples.Tree(77);
        var proof = InclusionProof.Create(66, 77, tree);
        Assert.Equal(expected, proof.Select(h => h.ToBase64()), StringComparer.Ordinal);
        Assert.True(InclusionProof.Verify(66, 77, Samples.Leaf(66), proof, tree.Root()));
    }
}
