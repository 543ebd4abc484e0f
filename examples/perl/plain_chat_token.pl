use strict;
use warnings;
use Digest::SHA qw(hmac_sha256);
use Encode qw(decode);
use JSON::PP;
use MIME::Base64 qw(encode_base64url);

# For whoever is logged in, and for nobody else. Good for five minutes.
sub chat_token {
    my ($id, $name, $email) = @_;
    my $secret = $ENV{SIGNET_SECRET} or die "SIGNET_SECRET is not set\n";
    my $now = time;
    my %claims = (
        external_id => "$id",
        name        => $name,
        email       => $email,
        iat         => $now,
        exp         => $now + 300,
        aud         => $ENV{SIGNET_PROJECT},
    );
    my $json = JSON::PP->new->utf8;
    my @parts = map { encode_base64url($json->encode($_)) } { alg => 'HS256', typ => 'JWT' }, \%claims;
    my $signed = join '.', @parts;
    return $signed . '.' . encode_base64url(hmac_sha256($signed, $secret));
}

print chat_token(map { decode('UTF-8', $_) } @ARGV), "\n" unless caller;
