#include "core/body_sources.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace sent::detail {
namespace {

class MemorySource final : public BodySource {
  public:
    explicit MemorySource(std::string content) noexcept : content_(std::move(content)) {}

    [[nodiscard]] std::uint64_t size() const noexcept override { return content_.size(); }
    [[nodiscard]] std::optional<std::size_t> read(std::uint64_t offset, char* buffer,
                                                  std::size_t room) const noexcept override {
        const auto begin = std::min<std::uint64_t>(offset, content_.size());
        const auto count = std::min<std::size_t>(room, content_.size() - begin);
        std::memcpy(buffer, content_.data() + begin, count);
        return count;
    }

  private:
    const std::string content_;
};

/// What changes when somebody writes to a file or replaces its content.
struct FileState {
    std::uint64_t size = 0;
    std::int64_t seconds = 0;
    std::int64_t nanoseconds = 0;

    [[nodiscard]] bool operator==(const FileState& other) const noexcept {
        return size == other.size && seconds == other.seconds && nanoseconds == other.nanoseconds;
    }
};

FileState state_of(const struct stat& file) noexcept {
#ifdef __APPLE__
    const auto& changed = file.st_mtimespec;
#else
    const auto& changed = file.st_mtim;
#endif
    return {static_cast<std::uint64_t>(file.st_size), changed.tv_sec, changed.tv_nsec};
}

/// Reads at offsets, so several attempts and threads can share the descriptor.
class FileSource final : public BodySource {
  public:
    explicit FileSource(int descriptor) noexcept : descriptor_(descriptor) {}
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;
    ~FileSource() override { ::close(descriptor_); }

    /// Notes the state that the file must keep. Returns why the file cannot be used; empty if it can.
    std::string begin() {
        struct stat file {};
        if (::fstat(descriptor_, &file) != 0) {
            return "cannot be read: " + std::generic_category().message(errno);
        }
        if (!S_ISREG(file.st_mode)) {
            return "is not a regular file: use one, or read it into `content`";
        }
        state_ = state_of(file);
        return {};
    }

    [[nodiscard]] std::uint64_t size() const noexcept override { return state_.size; }
    [[nodiscard]] std::optional<std::size_t> read(std::uint64_t offset, char* buffer,
                                                  std::size_t room) const noexcept override {
        if (offset >= state_.size || room == 0) {
            return 0;
        }
        const auto wanted = std::min<std::uint64_t>(room, state_.size - offset);
        ssize_t count = 0;
        do {
            count =
                ::pread(descriptor_, buffer, static_cast<std::size_t>(wanted), static_cast<off_t>(offset));
        } while (count < 0 && errno == EINTR);
        if (count <= 0 || !is_unchanged()) {
            return std::nullopt;
        }
        return static_cast<std::size_t>(count);
    }

  private:
    [[nodiscard]] bool is_unchanged() const noexcept {
        struct stat file {};
        return ::fstat(descriptor_, &file) == 0 && state_of(file) == state_;
    }

    const int descriptor_;
    FileState state_{};
};

}  // namespace

std::shared_ptr<const BodySource> source_in_memory(std::string content) {
    return std::make_shared<MemorySource>(std::move(content));
}

std::shared_ptr<const BodySource> open_file_source(const std::string& path, const std::string& name,
                                                   Problem& problem) {
    // Without O_NONBLOCK, a named pipe would wait for its writer.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) {
        const int error = errno;
        const bool is_short_of_something = error == EMFILE || error == ENFILE || error == ENOMEM;
        problem =
            problem_of(is_short_of_something ? ErrorKind::resource_exhausted : ErrorKind::invalid_request,
                       name + " cannot be opened: " + std::generic_category().message(error));
        return nullptr;
    }
    std::shared_ptr<FileSource> source;
    try {
        source = std::make_shared<FileSource>(descriptor);
    } catch (...) {
        ::close(descriptor);
        throw;
    }
    if (const auto reason = source->begin(); !reason.empty()) {
        problem = refuse(name + " " + reason);
        return nullptr;
    }
    return source;
}

}  // namespace sent::detail
