// Reads feeds with gofeed. Each line of the input is a file; each line of the output is what the file says, as JSON.
package main

import (
	"bufio"
	"encoding/json"
	"os"
	"time"

	"github.com/mmcdole/gofeed"
)

func instant(date *time.Time) any {
	if date == nil {
		return nil
	}
	return date.UTC().Format("2006-01-02T15:04:05Z")
}

func itemOf(item *gofeed.Item) map[string]any {
	authors := []string{}
	for _, author := range item.Authors {
		authors = append(authors, author.Name)
	}
	categories := append([]string{}, item.Categories...)
	return map[string]any{
		"id":         item.GUID,
		"title":      item.Title,
		"link":       item.Link,
		"published":  instant(item.PublishedParsed),
		"updated":    instant(item.UpdatedParsed),
		"authors":    authors,
		"categories": categories,
		"summary":    item.Description,
		"content":    item.Content,
	}
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		name := lines.Text()
		file, fault := os.Open(name)
		if fault != nil {
			panic(fault)
		}
		feed, fault := gofeed.NewParser().Parse(file)
		file.Close()
		if fault != nil {
			out.Encode(map[string]any{"file": name, "fault": fault.Error()})
			continue
		}
		items := []map[string]any{}
		for _, item := range feed.Items {
			items = append(items, itemOf(item))
		}
		out.Encode(map[string]any{"file": name, "title": feed.Title, "items": items})
	}
}
