use strict;
use warnings;
use Crypt::JWT qw(encode_jwt);
use Encode qw(decode);

# For whoever is logged in, and for nobody else. Good for five minutes.
sub chat_token {
    my ($id, $name, $email) = @_;
    my $now = time;
    my %claims = (
        external_id => "$id",
        name        => $name,
        email       => $email,
        iat         => $now,
        exp         => $now + 300,
        aud         => $ENV{SIGNET_PROJECT},
    );
    return encode_jwt(payload => \%claims, alg => 'HS256', key => $ENV{SIGNET_SECRET});
}

print chat_token(map { decode('UTF-8', $_) } @ARGV), "\n" unless caller;
