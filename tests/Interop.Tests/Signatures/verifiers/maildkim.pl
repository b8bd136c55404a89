# Mail::DKIM with keys from a file; arguments and output as dkimpy.py.
use strict;
use warnings;
use Mail::DKIM::Verifier;
use Mail::DKIM::DNS;
use Net::DNS::RR;

my $file = shift;
my %keys;
open my $lines, '<', $file or die "$file: $!";
while (<$lines>) { chomp; my ($name, $text) = split / /, $_, 2; $keys{$name} = $text; }
{
    no warnings qw(redefine once);
    *Mail::DKIM::DNS::query = sub {
        my ($name, $type) = @_;
        my $text = $keys{lc $name} // return ();
        return (Net::DNS::RR->new(name => $name, type => 'TXT', txtdata => [$text =~ /(.{1,250})/gs]));
    };
}
for my $path (@ARGV) {
    my $verifier = Mail::DKIM::Verifier->new();
    open my $message, '<:raw', $path or die "$path: $!";
    while (<$message>) { s/\r?\n$//; $verifier->PRINT("$_\r\n"); }
    $verifier->CLOSE;
    print "$path ", ($verifier->result eq 'pass' ? 'pass' : 'fail'), "\n";
}
