#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <exception>
#include <mutex>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sent/result.hpp>

namespace sent::test {

inline constexpr std::string_view sentinel_key = "SENTINEL-3f9a-KEY-77c1";
inline constexpr std::string_view sentinel_phone = "+14155552671";
inline constexpr std::string_view sentinel_digits = "4155552671";

/// What the program would show somebody: log lines, texts of errors and exceptions.
class Exhibits {
  public:
    void add(std::string text) {
        const std::lock_guard lock{mutex_};
        texts_.push_back(std::move(text));
    }
    template <class T>
    void add_result(const Result<T>& result) {
        if (result) {
            return;
        }
        add_error(result.error());
        bodies_.push_back(result.meta().raw_body);
        add(result.meta().request_id);
        try {
            static_cast<void>(result.value());
        } catch (const std::exception& exception) {
            add(exception.what());
        }
    }
    void add_error(const Error& error) {
        ++errors_;
        std::ostringstream stream;
        stream << error << error.kind << error.outcome << error.hint();
        add(stream.str());
        add(to_string(error));
        for (const auto& text :
             {error.message, error.code, error.doc_url, error.request_id, error.idempotency_key}) {
            add(text);
        }
        for (const auto& [member, problems] : error.details) {
            add(member);
            for (const auto& problem : problems) {
                add(problem);
            }
        }
        bodies_.push_back(error.raw_body);
    }

    void expect_clean() {
        const std::lock_guard lock{mutex_};
        for (const auto& text : texts_) {
            EXPECT_EQ(text.find(sentinel_key), std::string::npos) << text;
            EXPECT_EQ(text.find(sentinel_digits), std::string::npos) << text;
            EXPECT_EQ(text.find_first_of("\r\n\x1B"), std::string::npos) << text;
        }
        // Bodies are kept as they came, personal data included, but without the key.
        for (const auto& body : bodies_) {
            EXPECT_EQ(body.find(sentinel_key), std::string::npos) << body;
        }
    }
    bool any_has(std::string_view part) const {
        for (const auto& text : texts_) {
            if (text.find(part) != std::string::npos) {
                return true;
            }
        }
        return false;
    }
    std::size_t errors() const { return errors_; }

  private:
    mutable std::mutex mutex_;
    std::vector<std::string> texts_;
    std::vector<std::string> bodies_;
    std::size_t errors_ = 0;
};

}  // namespace sent::test
