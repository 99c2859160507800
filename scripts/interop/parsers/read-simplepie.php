<?php

// Reads feeds with SimplePie. Each line of the input is a file; each line of the output is what the file says, as JSON.
// SimplePie gives every text as HTML.

error_reporting(E_ALL & ~E_DEPRECATED);
require_once 'simplepie/autoloader.php';

/**
 * The instant in the first of the elements that an item has. SimplePie 1.3.1 finds the elements, but its own parser of
 * dates does not run on PHP 8.
 */
function instant($item, array $elements): ?string
{
    foreach ($elements as [$namespace, $name]) {
        $tags = $item->get_item_tags($namespace, $name);
        if ($tags) {
            return gmdate('Y-m-d\TH:i:s\Z', strtotime($tags[0]['data']));
        }
    }
    return null;
}

function readItem($item): array
{
    $authors = [];
    foreach ($item->get_authors() ?? [] as $author) {
        $authors[] = $author->get_name() ?? $author->get_email();
    }
    $categories = [];
    foreach ($item->get_categories() ?? [] as $category) {
        $categories[] = $category->get_term();
    }
    $source = $item->get_source();
    return [
        'id' => $item->get_id(),
        'title' => $item->get_title(),
        'link' => $item->get_permalink(),
        'published' => instant($item, [[SIMPLEPIE_NAMESPACE_ATOM_10, 'published'], ['', 'pubDate']]),
        'updated' => instant($item, [[SIMPLEPIE_NAMESPACE_ATOM_10, 'updated']]),
        'authors' => $authors,
        'categories' => $categories,
        'summary' => $item->get_description(true),
        'content' => $item->get_content(true),
        'source' => $source ? $source->get_title() : null,
    ];
}

while (($line = fgets(STDIN)) !== false) {
    $name = rtrim($line, "\n");
    $feed = new SimplePie();
    $feed->set_raw_data(file_get_contents($name));
    $feed->enable_cache(false);
    $feed->enable_order_by_date(false);
    $read = $feed->init()
        ? ['file' => $name, 'title' => $feed->get_title(), 'items' => array_map('readItem', $feed->get_items())]
        : ['file' => $name, 'fault' => $feed->error()];
    echo json_encode($read, JSON_THROW_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE), "\n";
}
