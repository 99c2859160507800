# Reads feeds with XML::Feed. Each line of the input is a file; each line of the output is what the file says, as JSON.
use strict;
use warnings;
use Encode qw(decode);
use JSON::PP;
use XML::Feed;

my $json = JSON::PP->new->utf8->canonical->allow_nonref;

# XML::Atom gives bytes or characters, depending on its version and on what it parsed.
sub text {
    my ($value) = @_;
    return undef unless defined $value;
    return "$value" if utf8::is_utf8($value);
    return eval { decode('utf8', "$value", Encode::FB_CROAK) } // "$value";
}

sub instant {
    my ($date) = @_;
    return undef unless defined $date;
    my $utc = $date->clone->set_time_zone('UTC');
    return $utc->ymd . 'T' . $utc->hms . 'Z';
}

sub item {
    my ($entry) = @_;
    my $author = $entry->author; # a list, if an RSS item has several
    my @authors = ref $author eq 'ARRAY' ? @$author : defined $author ? ($author) : ();
    my @categories = map { text($_) } $entry->category;
    return {
        id         => text($entry->id),
        title      => text($entry->title),
        link       => text($entry->link),
        published  => instant($entry->issued),
        updated    => instant($entry->modified),
        authors    => [map { text($_) } @authors],
        categories => \@categories,
        summary    => text($entry->summary->body),
        content    => text($entry->content->body),
    };
}

$| = 1;
while (my $name = <STDIN>) {
    chomp $name;
    my $feed = eval { XML::Feed->parse($name) };
    my $fault = $@ || XML::Feed->errstr;
    my $read = defined $feed
        ? { file => $name, title => text($feed->title), items => [map { item($_) } $feed->entries] }
        : { file => $name, fault => "$fault" };
    print $json->encode($read), "\n";
}
