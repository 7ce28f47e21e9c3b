#include <sent/timestamp.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace sent {
namespace {

/// Reads a text from left to right. After the first mismatch, `ok` stays false.
class Scanner {
  public:
    explicit Scanner(std::string_view text) noexcept : rest_(text) {}

    int digits(std::size_t count) noexcept {
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (!next_is_digit()) {
                ok_ = false;
                return 0;
            }
            value = value * 10 + take_digit();
        }
        return value;
    }
    void expect(std::string_view any_of) noexcept {
        if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) {
            ok_ = false;
        } else {
            rest_.remove_prefix(1);
        }
    }
    bool skip(char c) noexcept {
        if (rest_.empty() || rest_.front() != c) {
            return false;
        }
        rest_.remove_prefix(1);
        return true;
    }
    [[nodiscard]] bool next_is_digit() const noexcept {
        return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
    }
    int take_digit() noexcept {
        const int digit = rest_.front() - '0';
        rest_.remove_prefix(1);
        return digit;
    }
    void fail() noexcept { ok_ = false; }
    [[nodiscard]] bool ok() const noexcept { return ok_; }
    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }

  private:
    std::string_view rest_;
    bool ok_ = true;
};

struct Date {
    std::int64_t year = 1970;
    int month = 1;
    int day = 1;
};

// Days since 1970-01-01 in the proleptic Gregorian calendar. Years begin in March here, so that the leap day
// is the last day of a year.
constexpr std::int64_t days_per_era = 146'097;
constexpr std::int64_t days_to_1970 = 719'468;

std::int64_t days_from_date(const Date& date) noexcept {
    const std::int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t month = (date.month + 9) % 12;
    const std::int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    return era * days_per_era + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           days_to_1970;
}

Date date_from_days(std::int64_t days) noexcept {
    days += days_to_1970;
    const std::int64_t era = (days >= 0 ? days : days - (days_per_era - 1)) / days_per_era;
    const std::int64_t day_of_era = days - era * days_per_era;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / (days_per_era - 1)) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month = (5 * day_of_year + 2) / 153;
    Date date;
    date.day = static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1);
    date.month = static_cast<int>(month < 10 ? month + 3 : month - 9);
    date.year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
    return date;
}

int days_in_month(std::int64_t year, int month) noexcept {
    constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days.at(static_cast<std::size_t>(month - 1)) + (month == 2 && leap ? 1 : 0);
}

std::int64_t scan_nanoseconds(Scanner& scanner) noexcept {
    if (!scanner.skip('.')) {
        return 0;
    }
    if (!scanner.next_is_digit()) {
        scanner.fail();
    }
    std::int64_t nanoseconds = 0;
    std::int64_t unit = 100'000'000;
    while (scanner.next_is_digit()) {
        nanoseconds += scanner.take_digit() * unit;
        unit /= 10;
    }
    return nanoseconds;
}

/// Returns seconds east of UTC.
std::int64_t scan_offset(Scanner& scanner) noexcept {
    if (scanner.skip('Z') || scanner.skip('z')) {
        return 0;
    }
    const bool west = scanner.skip('-');
    if (!west) {
        scanner.expect("+");
    }
    const int hours = scanner.digits(2);
    scanner.skip(':');
    const int minutes = scanner.digits(2);
    if (hours > 23 || minutes > 59) {
        scanner.fail();
    }
    const std::int64_t seconds = hours * 3600 + minutes * 60;
    return west ? -seconds : seconds;
}

void append_padded(std::string& out, std::int64_t value, std::size_t width) {
    const auto digits = std::to_string(value);
    out.append(width > digits.size() ? width - digits.size() : 0, '0').append(digits);
}

}  // namespace

std::optional<Timestamp> parse_timestamp(std::string_view text) noexcept {
    Scanner scanner{text};
    Date date;
    date.year = scanner.digits(4);
    scanner.expect("-");
    date.month = scanner.digits(2);
    scanner.expect("-");
    date.day = scanner.digits(2);
    scanner.expect("Tt ");
    const int hour = scanner.digits(2);
    scanner.expect(":");
    const int minute = scanner.digits(2);
    scanner.expect(":");
    const int second = scanner.digits(2);
    const auto nanoseconds = scan_nanoseconds(scanner);
    const auto offset = scan_offset(scanner);
    if (!scanner.ok() || !scanner.at_end() || date.month < 1 || date.month > 12 || date.day < 1 ||
        date.day > days_in_month(date.year, date.month) || hour > 23 || minute > 59 || second > 60) {
        return std::nullopt;
    }
    // The range of 64 bits of nanoseconds, less one year for offsets.
    if (date.year < 1678 || date.year > 2261) {
        return std::nullopt;
    }
    const std::int64_t seconds = days_from_date(date) * 86'400 + hour * 3600 + minute * 60 + second - offset;
    return Timestamp{std::chrono::seconds{seconds} + std::chrono::nanoseconds{nanoseconds}};
}

std::string format_timestamp(Timestamp time) {
    constexpr std::int64_t per_second = 1'000'000'000;
    const std::int64_t total = time.time_since_epoch().count();
    std::int64_t seconds = total / per_second;
    std::int64_t nanoseconds = total % per_second;
    if (nanoseconds < 0) {
        nanoseconds += per_second;
        --seconds;
    }
    std::int64_t days = seconds / 86'400;
    std::int64_t rest = seconds % 86'400;
    if (rest < 0) {
        rest += 86'400;
        --days;
    }
    const Date date = date_from_days(days);
    std::string out;
    out.reserve(sizeof "2026-01-27T13:33:14.270528123Z");
    append_padded(out, date.year, 4);
    out += '-';
    append_padded(out, date.month, 2);
    out += '-';
    append_padded(out, date.day, 2);
    out += 'T';
    append_padded(out, rest / 3600, 2);
    out += ':';
    append_padded(out, rest / 60 % 60, 2);
    out += ':';
    append_padded(out, rest % 60, 2);
    out += '.';
    append_padded(out, nanoseconds, 9);
    out += 'Z';
    return out;
}

std::string detail::encode_timestamp(Timestamp time) {
    auto text = format_timestamp(time);
    text.pop_back();
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') {
        text.pop_back();
    }
    text += 'Z';
    return text;
}

}  // namespace sent
