-- Finds the browsers that asked to be told in the last hour, because their number is limited.
CREATE INDEX subscriber_pushed ON subscriber (created) WHERE channel = 'webpush';
