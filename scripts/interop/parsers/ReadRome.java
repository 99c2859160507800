import com.rometools.rome.feed.module.DCModule;
import com.rometools.rome.feed.synd.SyndCategory;
import com.rometools.rome.feed.synd.SyndContent;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.feed.synd.SyndPerson;
import com.rometools.rome.io.SyndFeedInput;
import com.rometools.rome.io.XmlReader;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads feeds with ROME. Each line of the input is a file; each line of the output is what the file says, as JSON. */
public class ReadRome {
  public static void main(String[] words) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String name = lines.readLine(); name != null; name = lines.readLine()) {
      Map<String, Object> said = new LinkedHashMap<>();
      said.put("file", name);
      try (XmlReader reader = new XmlReader(new File(name))) {
        SyndFeedInput input = new SyndFeedInput();
        input.setAllowDoctypes(false);
        SyndFeed feed = input.build(reader);
        said.put("title", feed.getTitle());
        said.put("titleIsHtml", isHtml(feed.getTitleEx()));
        said.put("items", feed.getEntries().stream().map(ReadRome::item).collect(Collectors.toList()));
      } catch (Exception fault) {
        said.put("fault", fault.toString());
      }
      out.println(json(said));
    }
  }

  private static Map<String, Object> item(SyndEntry entry) {
    List<String> authors = entry.getAuthors().stream().map(SyndPerson::getName).collect(Collectors.toList());
    if (authors.isEmpty() && entry.getAuthor() != null && !entry.getAuthor().isEmpty()) authors.add(entry.getAuthor());
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("id", entry.getUri());
    item.put("title", entry.getTitle());
    item.put("titleIsHtml", isHtml(entry.getTitleEx()));
    item.put("link", entry.getLink());
    item.put("published", instant(entry.getPublishedDate()));
    item.put("updated", instant(entry.getUpdatedDate()));
    item.put("authors", authors);
    item.put("categories", entry.getCategories().stream().map(SyndCategory::getName).collect(Collectors.toList()));
    item.put("summary", entry.getDescription() == null ? null : entry.getDescription().getValue());
    item.put("summaryIsHtml", isHtml(entry.getDescription()));
    item.put("content", entry.getContents().isEmpty() ? null : entry.getContents().get(0).getValue());
    DCModule terms = (DCModule) entry.getModule(DCModule.URI);
    item.put("source", entry.getSource() != null ? entry.getSource().getTitle() : terms == null ? null : terms.getSource());
    return item;
  }

  private static boolean isHtml(SyndContent content) {
    return content != null && content.getType() != null && content.getType().contains("html");
  }

  private static String instant(Date date) {
    return date == null ? null : date.toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String json(Object value) {
    if (value instanceof Map) {
      List<String> members = new ArrayList<>();
      ((Map<?, ?>) value).forEach((name, member) -> members.add(json(name) + ":" + json(member)));
      return "{" + String.join(",", members) + "}";
    }
    if (value instanceof List)
      return ((List<?>) value).stream().map(ReadRome::json).collect(Collectors.joining(",", "[", "]"));
    if (value == null || value instanceof Boolean) return String.valueOf(value);
    StringBuilder text = new StringBuilder("\"");
    for (char one : value.toString().toCharArray())
      if (one == '"' || one == '\\') text.append('\\').append(one);
      else if (one < ' ' || Character.isSurrogate(one) || one > '~') text.append(String.format("\\u%04x", (int) one));
      else text.append(one);
    return text.append('"').toString();
  }
}
