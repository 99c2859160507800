# Reads feeds with Ruby's library rss. Each line of the input is a file; each line of the output is what the file says, as JSON.

require 'json'
require 'rss'

def instant(time)
  time&.getutc&.strftime('%Y-%m-%dT%H:%M:%SZ')
end

def rss_item(item)
  {
    id: item.guid&.content, title: item.title, link: item.link,
    published: instant(item.pubDate), updated: nil,
    authors: item.dc_creators.map(&:content), categories: item.categories.map(&:content),
    summary: item.description, content: item.content_encoded, source: item.source&.content || item.dc_source
  }
end

def html?(construct)
  construct&.type == 'html'
end

def atom_entry(entry)
  {
    id: entry.id.content, title: entry.title.content, titleIsHtml: html?(entry.title),
    link: entry.links.find { |link| [nil, 'alternate'].include?(link.rel) }&.href,
    published: instant(entry.published&.content), updated: instant(entry.updated.content),
    authors: entry.authors.map { |author| author.name.content }, categories: entry.categories.map(&:term),
    summary: entry.summary&.content, summaryIsHtml: html?(entry.summary), content: entry.content&.content,
    source: entry.source&.title&.content
  }
end

def read(text)
  feed = RSS::Parser.parse(text, false)
  return { title: feed.channel.title, items: feed.items.map { |item| rss_item(item) } } if feed.is_a?(RSS::Rss)

  title = feed.title
  { title: title.content, titleIsHtml: html?(title), items: feed.entries.map { |entry| atom_entry(entry) } }
end

$stdout.sync = true
$stdin.each_line(chomp: true) do |name|
  said =
    begin
      read(File.read(name, encoding: 'UTF-8'))
    rescue StandardError => e
      { fault: "#{e.class}: #{e.message}" }
    end
  puts JSON.generate({ file: name }.merge(said))
end
